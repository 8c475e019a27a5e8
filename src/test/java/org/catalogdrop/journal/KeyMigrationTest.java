package org.catalogdrop.journal;

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
        try (Sql sql = new Database(folder).openWriter(0)) {
            sql.update("insert into key_lists (id, account, catalog, field, highest) values (1, 'a', 2, 'f', 9)");
            put(sql, "A1 ", 10);
            put(sql, "B2", 11);
            put(sql, "B2\u00A0", 12);
            put(sql, "\u00A0", 13);
            put(sql, "\u200BC3", 14);
            KeyMigration.migrate(sql);
            KeyMigration.migrate(sql);
            List<KnownKey> keys = sql.list("select " + KnownKey.COLUMNS + " from keys order by key_text", KnownKey::of);
            assertThat(keys)
                    .containsExactly(
                            new KnownKey("A1", 10, 0, true, 1, 2),
                            new KnownKey("B2", 11, 12, false, 1, 2),
                            new KnownKey("C3", 14, 0, true, 1, 2));
        }
    }

    private static void put(Sql sql, String text, long element) throws Exception {
        sql.update("insert into keys (list_id, " + KnownKey.COLUMNS + ") values (1, ?, ?, 0, 1, 1, 2)", text, element);
    }
}
