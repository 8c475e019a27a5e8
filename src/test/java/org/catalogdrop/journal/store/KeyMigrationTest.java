package org.catalogdrop.journal.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of journals that were written before keys were compared without what nobody sees. */
class KeyMigrationTest {

    @TempDir
    Path folder;

    @Test
    void given_keys_with_unseen_blanks_when_migrated_then_twins_are_one_ambiguous_key() throws Exception {
        try (Sql sql = new SqliteDatabase(folder).openWriter(0)) {
            sql.update("insert into key_lists (id, account, catalog, field, highest) values (1, 'a', 2, 'f', 9)");
            put(sql, "A1 ", 10);
            put(sql, "B2", 11);
            put(sql, "B2\u00A0", 12);
            put(sql, "\u00A0", 13);
            put(sql, "\u200BC3", 14);
            KeyMigration.takeUnseenOut(sql);
            KeyMigration.takeUnseenOut(sql);
            List<KnownKey> keys = sql.list("select " + KnownKey.COLUMNS + " from keys order by key_text", KnownKey::of);
            assertThat(keys)
                    .containsExactly(
                            new KnownKey("A1", 10, 0, true, 1, 2),
                            new KnownKey("B2", 11, 12, false, 1, 2),
                            new KnownKey("C3", 14, 0, true, 1, 2));
        }
    }

    @Test
    void given_keys_that_differ_in_blanks_and_composition_when_migrated_then_all_elements_have_one_key()
            throws Exception {
        try (Sql sql = new SqliteDatabase(folder).openWriter(0)) {
            sql.update("insert into key_lists (id, account, catalog, field, highest) values (1, 'a', 2, 'f', 9)");
            put(sql, "Cafe\u0301", 10);
            put(sql, "A  1", 11);
            put(sql, "A 1", 12);
            put(sql, "A   1", 13);
            put(sql, "E\u0301  1", 14);
            sql.update("update keys set other = 15 where element = 14");
            sql.update("insert into further_elements (list_id, key_text, element) values (1, 'E\u0301  1', 16)");
            put(sql, "E\u0301  2", 17);
            put(sql, "\u00C9 2", 18);
            sql.update("update keys set other = 19 where element = 17");
            sql.update("insert into further_elements (list_id, key_text, element) values (1, 'E\u0301  2', 20)");
            KeyMigration.compose(sql);
            KeyMigration.compose(sql);
            List<KnownKey> keys = sql.list("select " + KnownKey.COLUMNS + " from keys order by key_text", KnownKey::of);
            assertThat(keys)
                    .containsExactly(
                            new KnownKey("A 1", 12, 13, false, 1, 2),
                            new KnownKey("Caf\u00E9", 10, 0, true, 1, 2),
                            new KnownKey("\u00C9 1", 14, 15, true, 1, 2),
                            new KnownKey("\u00C9 2", 18, 17, false, 1, 2));
            assertThat(sql.list(
                            "select key_text, element from further_elements order by element",
                            result -> result.getString(1) + " " + result.getLong(2)))
                    .containsExactly("A 1 11", "\u00C9 1 16", "\u00C9 2 19", "\u00C9 2 20");
        }
    }

    private static void put(Sql sql, String text, long element) throws Exception {
        sql.update("insert into keys (list_id, " + KnownKey.COLUMNS + ") values (1, ?, ?, 0, 1, 1, 2)", text, element);
    }
}
