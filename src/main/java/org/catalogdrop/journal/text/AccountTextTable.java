package org.catalogdrop.journal.text;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.catalogdrop.journal.store.Sql;

/** The table of the texts: its statements. Stateless. */
final class AccountTextTable {

    private static final String EXISTS =
            "select count(*) from pg_tables where schemaname = current_schema() and tablename = 'account_text'";

    private AccountTextTable() {}

    static void setUp(Sql sql) throws SQLException {
        if (sql.number(EXISTS) == 0) {
            // Another process may do the same at this moment.
            sql.number("select 1 from pg_advisory_xact_lock(1128559217, hashtext(current_schema()))");
            sql.update("create table if not exists account_text (name text primary key, text text not null,"
                    + " changed timestamptz not null default clock_timestamp())");
        }
    }

    static Optional<String> read(Sql sql, String name) throws SQLException {
        if (sql.number(EXISTS) == 0) {
            return Optional.empty();
        }
        return sql.one("select text from account_text where name = ?", result -> result.getString(1), name)
                .filter(text -> !text.isEmpty());
    }

    static void write(Sql sql, String name, String text) throws SQLException {
        sql.update(
                "insert into account_text (name, text) values (?, ?)"
                        + " on conflict (name) do update set text = excluded.text, changed = clock_timestamp()",
                name,
                text);
    }

    static void delete(Sql sql, String name) throws SQLException {
        // The line stays, since another process may wait for its lock.
        sql.update("update account_text set text = '', changed = clock_timestamp() where name = ?", name);
    }

    /** Writes without a change, so that the line exists and it is certain that it can be written. */
    static void touch(Sql sql, String name) throws SQLException {
        sql.update(
                "insert into account_text (name, text) values (?, '')"
                        + " on conflict (name) do update set changed = clock_timestamp()",
                name);
    }

    static void limitLock(Sql sql, Duration longest, Duration idle) throws SQLException {
        sql.update("set lock_timeout = " + Math.max(1, longest.toMillis()));
        sql.update("set idle_in_transaction_session_timeout = " + Math.max(1, idle.toMillis()));
        watchConnection(sql);
    }

    /** Lets the database notice soon that the machine is gone, which does not close its connection then. */
    static void watchConnection(Sql sql) throws SQLException {
        sql.update("set tcp_keepalives_idle = 5");
        sql.update("set tcp_keepalives_interval = 5");
        sql.update("set tcp_keepalives_count = 3");
    }

    static String lock(Sql sql, String name) throws SQLException {
        return sql.one("select text from account_text where name = ? for update", result -> result.getString(1), name)
                .orElse("");
    }
}
