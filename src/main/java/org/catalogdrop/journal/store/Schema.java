package org.catalogdrop.journal.store;

import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * The tables of the journal, and the migration from each version to the next. A released migration is never changed; new ones are
 * appended.
 */
public final class Schema {

    /** Replaces a statement where SQL is not enough. */
    private static final String PLAIN_KEYS = "plain keys";

    private static final String COMPOSED_KEYS = "composed keys";

    private static final String TABLE = "create table ";

    /** In the order in which they are applied; the first makes version 1. PostgreSQL takes these types and SQL too. */
    private static final List<List<String>> MIGRATIONS = List.of(
            List.of(
                    """
            create table drops (
                id integer primary key,
                digest text not null,
                name text not null,
                size bigint not null,
                settings text not null,
                state text not null,
                folder text not null,
                row_count bigint not null,
                entered_at bigint not null,
                finished_at bigint,
                problem_code text,
                problem_column text,
                problem_message text,
                created bigint,
                updated bigint,
                deleted bigint,
                unchanged bigint,
                rejected bigint,
                in_doubt bigint)
            """,
                    "create index drops_by_digest on drops (digest)",
                    // contents: of an add, a number per row that rows of equal content share.
                    // sent: 0 for what a look-up found, 1 for a request; retry: 1 if it repeats operations sent before.
                    """
            create table requests (
                id integer primary key,
                drop_id integer not null references drops (id),
                action text not null,
                sent integer not null,
                retry integer not null,
                first_row bigint not null,
                last_row bigint not null,
                row_numbers bytea not null,
                request_ids bytea not null,
                contents bytea not null,
                intended_at bigint not null,
                settled_at bigint,
                words bytea)
            """,
                    "create index requests_by_row on requests (drop_id, first_row, id)",
                    // Rows in doubt by an outcome of a request up to last_request are doubtful again.
                    """
            create table reopenings (
                drop_id integer not null references drops (id),
                last_request bigint not null,
                reopened_at bigint not null)
            """),
            // A mapping file as it was, with what its names stood for; which of them was accepted last, per account.
            List.of("""
            create table mappings (
                digest text primary key,
                name text not null,
                content bytea not null,
                kept_at bigint not null)
            """, """
            create table mapping_names (
                digest text not null references mappings (digest),
                name text not null,
                value text not null,
                primary key (digest, name))
            """, """
            create table mappings_accepted (
                name text not null,
                account text not null,
                digest text not null references mappings (digest),
                accepted_at bigint not null,
                primary key (name, account))
            """),
            // By what rows are known again: which element has a key, and a fingerprint of what was sent for it last.
            List.of("""
            create table key_lists (
                id integer primary key,
                account text not null,
                catalog bigint not null,
                field text not null,
                highest bigint not null,
                unique (account, catalog, field))
            """, """
            create table keys (
                list_id integer not null references key_lists (id),
                key_text text not null,
                element bigint not null,
                other bigint not null,
                printed integer not null,
                print_high bigint not null,
                print_low bigint not null,
                primary key (list_id, key_text))
            """, "create index keys_by_element on keys (element)"),
            // Elements as they were before rows of a drop changed them; to be undone by.
            List.of("""
            create table befores (
                drop_id integer not null references drops (id),
                row_number bigint not null,
                element bytea not null,
                primary key (drop_id, row_number))
            """),
            // Of a drop that is a complete list: how many elements are known, why those it lacks are kept, and else
            // which they are.
            List.of("""
            create table missing_lists (
                drop_id integer primary key references drops (id),
                known bigint not null,
                missing bigint not null,
                kept text not null)
            """, """
            create table missing_keys (
                drop_id integer not null references drops (id),
                row_number bigint not null,
                key_text text not null,
                element bigint not null,
                primary key (drop_id, row_number))
            """),
            // By what the file of a drop is known again without a digest. modified_at: nanoseconds.
            List.of("""
            create table drop_files (
                drop_id integer primary key references drops (id),
                size bigint not null,
                modified_at bigint not null,
                file_key text not null,
                checksum bigint not null)
            """),
            // How far the API's clock was seen to be from the one that dated what was written of a drop, in
            // milliseconds.
            List.of("""
            create table drop_clocks (
                drop_id integer primary key references drops (id),
                apart bigint not null)
            """),
            // What is asked for each drop must not read all drops there ever were.
            List.of(
                    "create index drops_by_state on drops (state)",
                    "create index drops_unsure on drops (finished_at) where in_doubt is null or in_doubt > 0"),
            // Keys are kept without what nobody sees.
            List.of(PLAIN_KEYS),
            // Of a request of adds: the highest element id seen in each list before (-1: none), and the last request
            // that was there when the process that sent it opened the journal.
            List.of("""
            create table watermarks (
                request_id integer not null references requests (id),
                catalog bigint not null,
                highest bigint not null,
                opened_after bigint not null,
                primary key (request_id, catalog))
            """),
            // What marks the elements of a drop in the account; of a drop that began without a marker there is none.
            List.of("""
            create table drop_markers (
                drop_id integer primary key references drops (id),
                field bigint not null,
                load text not null)
            """),
            // Drops that were abandoned: their rows end as they stand. reopened: 1 if those in doubt are looked at
            // again.
            List.of("""
            create table abandoned_drops (
                drop_id integer primary key references drops (id),
                reopened integer not null,
                abandoned_at bigint not null)
            """),
            // Elements that were read with their list, for whoever changes them soon; drop_id: 0 if for no drop.
            List.of("""
            create table read_elements (
                element bigint not null,
                list_id integer not null references key_lists (id),
                drop_id bigint not null,
                read_at bigint not null,
                content bytea not null,
                primary key (element, list_id))
            """, "create index read_elements_by_drop on read_elements (drop_id)"),
            // Rows that the mapping file skips.
            List.of("alter table drops add column skipped bigint"),
            // Where the file of a drop lay when its load had ended.
            List.of("""
            create table drop_places (
                drop_id integer primary key references drops (id),
                path text not null)
            """),
            // What is too old is looked for with each drop.
            List.of("create index read_elements_by_time on read_elements (read_at)"),
            // The third and further elements of a key. Journals before this one forgot elements of such keys: their
            // lists are read whole once more.
            List.of(
                    """
            create table further_elements (
                list_id integer not null references key_lists (id),
                key_text text not null,
                element bigint not null,
                primary key (list_id, key_text, element))
            """,
                    "create index further_elements_by_element on further_elements (element)",
                    "create index keys_by_other on keys (other) where other <> 0",
                    "update key_lists set highest = 0 where id in (select list_id from keys where other <> 0)"),
            // Keys are compared with single blanks and composed letters.
            List.of(COMPOSED_KEYS),
            // Rows of rejects files that were put into the inbox as a drop. source: the SHA-256 of the rejects file
            // then.
            List.of("""
            create table reject_loads (
                id integer primary key,
                folder text not null,
                file text not null,
                source text not null,
                name text not null,
                digest text not null,
                loaded_at bigint not null)
            """, "create index reject_loads_by_file on reject_loads (folder, file)", """
            create table reject_load_rows (
                load_id integer not null references reject_loads (id),
                row_number bigint not null,
                content text not null,
                primary key (load_id, row_number))
            """),
            // Why the last load of a drop stopped before its end.
            List.of("""
            create table drop_halts (
                drop_id integer primary key references drops (id),
                code text not null,
                message text not null,
                halted_at bigint not null)
            """),
            // The marks of unfinished results, one for each owner of a journal on PostgreSQL.
            List.of("""
            create table results_marks (
                mark text primary key,
                made_at bigint not null)
            """));

    /** The version of a journal of this program. */
    public static final int VERSION = MIGRATIONS.size();

    /** The version of a journal that was copied. Earlier programs refuse it as too new. */
    private static final long COPIED = 1_000_000;

    private Schema() {}

    /** Returns the names of all tables but that of versions; what a table refers to comes before it. */
    public static List<String> tables() {
        return MIGRATIONS.stream()
                .flatMap(List::stream)
                .map(String::strip)
                .filter(statement -> statement.startsWith(TABLE))
                .map(statement -> statement.substring(TABLE.length()).split("\\W", 2)[0])
                .toList();
    }

    public static long version(Sql sql) throws SQLException {
        return sql.number("select max(version) from schema_version");
    }

    static boolean isCopied(Sql sql) throws SQLException {
        return version(sql) == COPIED;
    }

    /** Marks a journal as copied, so that it is not opened again; the caller commits. */
    public static void markCopied(Sql sql, long now) throws SQLException {
        sql.update("insert into schema_version (version, applied_at) values (?, ?)", COPIED, now);
    }

    /**
     * Returns the version of a journal. Refuses one that was copied, or that a newer program has used.
     *
     * @param name the journal, at the beginning of a sentence
     * @param kind what was left as it is
     * @param copy how to use the copy, if it was copied
     */
    public static long knownVersion(Sql sql, String name, String kind, String copy) throws SQLException {
        long version = version(sql);
        if (version == COPIED) {
            throw new RunHalted(
                    Code.JOURNAL,
                    name
                            + " was copied by 'journal copy', so it does not know what was sent since, and a load with it could"
                            + " send rows twice. Only the copy can be used. " + copy);
        }
        if (version > VERSION) {
            throw new RunHalted(
                    Code.JOURNAL,
                    name + " is of version " + version + "; this program knows versions up to " + VERSION
                            + ". A newer Catalog Drop has used it: use that one. The " + kind + " was left as it is.");
        }
        return version;
    }

    /**
     * Returns the fault of a journal that cannot be read before it is set up or migrated.
     *
     * @param name the journal, at the beginning of a sentence
     */
    public static RunHalted outdated(String name) {
        return new RunHalted(
                Code.JOURNAL,
                name
                        + " is not set up yet, or is of an older version. Start a load once: it brings the journal up to date.");
    }

    /**
     * Applies the missing migrations; the caller commits.
     *
     * @param dialect turns a statement into that of the database
     */
    public static void migrate(Sql sql, long from, long now, UnaryOperator<String> dialect) throws SQLException {
        if (from == 0) {
            sql.update(dialect.apply(
                    "create table schema_version (version integer primary key, applied_at bigint not null)"));
        }
        for (int version = (int) from + 1; version <= VERSION; version++) {
            for (String statement : MIGRATIONS.get(version - 1)) {
                if (statement.equals(PLAIN_KEYS)) {
                    KeyMigration.takeUnseenOut(sql);
                } else if (statement.equals(COMPOSED_KEYS)) {
                    KeyMigration.compose(sql);
                } else {
                    sql.update(dialect.apply(statement));
                }
            }
            sql.update("insert into schema_version (version, applied_at) values (?, ?)", version, now);
        }
    }
}
