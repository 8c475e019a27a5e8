package org.catalogdrop.journal;

import java.sql.SQLException;
import java.util.List;
import org.catalogdrop.model.Key;

/** Takes what nobody sees out of the keys of an older journal. Keys that become the same are one that two elements have. */
final class KeyMigration {

    private static final int PAGE = 1000;

    private KeyMigration() {}

    /** A key of a list that is not as it is compared now. */
    private record Old(long list, KnownKey key) {}

    static void migrate(Sql sql) throws SQLException {
        for (long list : sql.list("select id from key_lists", result -> result.getLong(1))) {
            migrate(sql, list);
        }
        List<String> missing = sql.list("select distinct key_text from missing_keys", result -> result.getString(1));
        for (String text : missing) {
            if (!Key.plain(text).equals(text)) {
                sql.update("update missing_keys set key_text = ? where key_text = ?", Key.plain(text), text);
            }
        }
    }

    private static void migrate(Sql sql, long list) throws SQLException {
        String after = "";
        List<KnownKey> page;
        do {
            page = sql.list(
                    "select " + KnownKey.COLUMNS
                            + " from keys where list_id = ? and key_text > ? order by key_text limit " + PAGE,
                    KnownKey::of,
                    list,
                    after);
            for (KnownKey key : page) {
                after = key.text();
                if (!Key.plain(key.text()).equals(key.text())) {
                    rename(sql, new Old(list, key));
                }
            }
        } while (!page.isEmpty());
    }

    private static void rename(Sql sql, Old old) throws SQLException {
        KnownKey key = old.key();
        String text = Key.plain(key.text());
        boolean taken = text.isEmpty()
                || sql.update(
                                "update keys set other = ?, printed = 0 where list_id = ? and key_text = ? and element <> ?",
                                key.element(),
                                old.list(),
                                text,
                                key.element())
                        > 0
                || sql.number("select count(*) from keys where list_id = ? and key_text = ?", old.list(), text) > 0;
        if (taken) {
            sql.update("delete from keys where list_id = ? and key_text = ?", old.list(), key.text());
        } else {
            sql.update("update keys set key_text = ? where list_id = ? and key_text = ?", text, old.list(), key.text());
        }
    }
}
