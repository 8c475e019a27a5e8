package org.catalogdrop.journal.postgres;

import java.sql.SQLException;
import java.util.List;
import org.catalogdrop.journal.store.Sql;

/**
 * The tables through which files of inboxes come to the owner of the journal, and their results back. They are in the schema of the
 * account, and only there: a journal in a state folder has no other machines. Stateless.
 */
final class HandoverTables {

    private static final List<String> TABLES = List.of("""
            create table if not exists handed_files (
                id text primary key,
                inbox text not null,
                place text not null,
                name text not null,
                size bigint not null,
                digest text not null,
                modified bigint not null,
                handed_at timestamptz not null default clock_timestamp(),
                state text not null,
                withdrawn boolean not null default false,
                folder text not null default '',
                results bigint not null default 0,
                code text not null default '',
                field text not null default '',
                message text not null default '',
                revealed text not null default '',
                moved text not null default '',
                unique (inbox, name))
            """, """
            create table if not exists handed_pieces (
                file_id text not null references handed_files (id) on delete cascade,
                of_results boolean not null,
                name text not null,
                number integer not null,
                content bytea not null,
                primary key (file_id, of_results, name, number))
            """, """
            create table if not exists handed_inboxes (
                inbox text primary key,
                holder text not null,
                place text not null,
                seen timestamptz not null default clock_timestamp())
            """);

    private HandoverTables() {}

    /** Makes them, if they are not there; the caller commits. */
    static void make(Sql sql) throws SQLException {
        for (String table : TABLES) {
            sql.update(table);
        }
    }

    /**
     * Forgets the files that wait: some may have been loaded and put away since. Their machines hand over again what is in their inboxes.
     */
    static void forgetFiles(Sql sql) throws SQLException {
        sql.update("delete from handed_files where state <> 'ended'");
    }
}
