package org.catalogdrop.journal.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.catalogdrop.journal.store.KeyWriter.KeyOfElement;
import org.catalogdrop.model.Key;

/** Converts the keys of an older journal to the form in which they are compared. Keys that become equal are one key of several elements. */
final class KeyMigration {

    private static final int PAGE = 1000;

    private final Sql sql;
    private final UnaryOperator<String> form;
    private final Twins twins;

    /** What to do with a key that equals another one in its new form. */
    @FunctionalInterface
    private interface Twins {

        /** Gives the elements of the key to the other one. */
        void join(long list, KnownKey key, String text) throws SQLException;
    }

    private KeyMigration(Sql sql, UnaryOperator<String> form, Twins twins) {
        this.sql = sql;
        this.form = form;
        this.twins = twins;
    }

    /** Removes invisible characters from the keys. */
    static void takeUnseenOut(Sql sql) throws SQLException {
        new KeyMigration(
                        sql,
                        Key::plain,
                        (list, key, text) -> sql.update(
                                "update keys set other = ?, printed = 0 where list_id = ? and key_text = ? and element <> ?",
                                key.element(),
                                list,
                                text,
                                key.element()))
                .migrate();
    }

    /** Makes runs of blanks one blank and composes letters with their accents, for a journal that knows all elements of a key. */
    static void compose(Sql sql) throws SQLException {
        KeyWriter keys = new KeyWriter(sql);
        new KeyMigration(sql, Key::compared, (list, key, text) -> {
                    List<Long> further = sql.list(
                            "select element from further_elements where list_id = ? and key_text = ? order by element",
                            result -> result.getLong(1),
                            list,
                            key.text());
                    KeyList into = new KeyList(list, 0);
                    List<KeyOfElement> entered = new ArrayList<>(List.of(new KeyOfElement(text, key.element())));
                    if (key.isAmbiguous()) {
                        entered.add(new KeyOfElement(text, key.other()));
                    }
                    further.forEach(element -> entered.add(new KeyOfElement(text, element)));
                    keys.enter(into, entered);
                    sql.update("delete from further_elements where list_id = ? and key_text = ?", list, key.text());
                    sql.update("update keys set printed = 0 where list_id = ? and key_text = ?", list, text);
                })
                .migrate();
        for (FurtherText old : sql.list(
                "select distinct list_id, key_text from further_elements",
                result -> new FurtherText(result.getLong(1), result.getString(2)))) {
            String text = Key.compared(old.text());
            if (!text.equals(old.text())) {
                sql.update(
                        "update further_elements set key_text = ? where list_id = ? and key_text = ?",
                        text,
                        old.list(),
                        old.text());
            }
        }
    }

    /** A key of which further elements are kept. */
    private record FurtherText(long list, String text) {}

    private void migrate() throws SQLException {
        for (long list : sql.list("select id from key_lists", result -> result.getLong(1))) {
            migrate(list);
        }
        List<String> missing = sql.list("select distinct key_text from missing_keys", result -> result.getString(1));
        for (String text : missing) {
            if (!form.apply(text).equals(text)) {
                sql.update("update missing_keys set key_text = ? where key_text = ?", form.apply(text), text);
            }
        }
    }

    private void migrate(long list) throws SQLException {
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
                if (!form.apply(key.text()).equals(key.text())) {
                    rename(list, key);
                }
            }
        } while (!page.isEmpty());
    }

    private void rename(long list, KnownKey key) throws SQLException {
        String text = form.apply(key.text());
        boolean taken = sql.number("select count(*) from keys where list_id = ? and key_text = ?", list, text) > 0;
        if (taken) {
            twins.join(list, key, text);
        }
        if (taken || text.isEmpty()) {
            sql.update("delete from keys where list_id = ? and key_text = ?", list, key.text());
        } else {
            sql.update("update keys set key_text = ? where list_id = ? and key_text = ?", text, list, key.text());
        }
    }
}
