package org.catalogdrop.journal.postgres;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.catalogdrop.journal.store.Sql;

/**
 * The identity of a journal on PostgreSQL: a random one, made with the journal. Someone who accepts a restored backup gives it a new one. Then
 * the earlier ones say which journals it stands for.
 *
 * @param ids all of them, the current one first
 * @param refusal why nobody may use the journal, because a machine has noticed that it was restored; empty if it may be used
 */
record JournalIdentity(List<String> ids, Optional<String> refusal) {

    private static final String INSERT =
            "insert into identity (number, id, refusal)" + " select coalesce(max(number), 0) + 1, ?, '' from identity";

    private static final String OF_CURRENT = " where number = (select max(number) from identity)";

    /** Makes the table, and the first identity. */
    static void make(Sql sql) throws SQLException {
        sql.update("create table identity (number bigint primary key, id text not null, refusal text not null)");
        sql.update(INSERT, UUID.randomUUID().toString());
    }

    static JournalIdentity read(Sql sql) throws SQLException {
        List<String> ids = sql.list("select id from identity order by number desc", line -> line.getString(1));
        Optional<String> refusal = sql.one("select refusal from identity" + OF_CURRENT, line -> line.getString(1))
                .filter(text -> !text.isEmpty());
        return new JournalIdentity(ids, refusal);
    }

    String current() {
        return ids.get(0);
    }

    /** Keeps all machines from using the journal. */
    static void refuse(Sql sql, String reason) throws SQLException {
        sql.update("update identity set refusal = ?" + OF_CURRENT, reason);
    }

    /** Does the same for a journal in another schema than that of the connection. */
    static void refuse(Sql sql, String schema, String reason) throws SQLException {
        String table = PostgresConnections.quoted(schema) + ".identity";
        sql.update(
                "update " + table + " set refusal = ? where number = (select max(number) from " + table + ")", reason);
    }

    /**
     * Gives the journal a new identity.
     *
     * @param seen the identity of the journal that was seen in its place; empty if there was none
     */
    void renew(Sql sql, Optional<String> seen) throws SQLException {
        if (seen.isPresent() && !ids.contains(seen.get())) {
            sql.update(INSERT, seen.get());
        }
        sql.update(INSERT, UUID.randomUUID().toString());
    }
}
