package org.catalogdrop.journal;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Key;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;

/** Writes keys; on the writer's thread only. */
final class KeyWriter {

    private static final String PUT =
            "insert into keys (list_id, " + KnownKey.COLUMNS + ") values (?, ?, ?, 0, 1, ?, ?)"
                    + " on conflict (list_id, key_text) do update set element = excluded.element, other = 0, printed = 1,"
                    + " print_high = excluded.print_high, print_low = excluded.print_low";

    private static final String LEAVE_FIRST =
            "update keys set element = ?, other = 0, printed = 0 where list_id = ? and key_text = ?";

    /** What was sent last was sent to the first. */
    private static final String LEAVE_SECOND = "update keys set element = ?, other = 0, printed = 0, print_high = 0,"
            + " print_low = 0 where list_id = ? and key_text = ?";

    private static final String FORGET = "delete from keys where list_id = ? and key_text = ? and element = ?";

    /** Another element has the key too: it is that one's now. */
    private static final String PASS_ON =
            "update keys set element = other, other = 0, printed = 0, print_high = 0, print_low = 0"
                    + " where list_id = ? and key_text = ? and element = ? and other <> 0";

    private static final String BLUR = "update keys set printed = 0 where element = ? and printed = 1";

    private final Sql sql;
    private final Map<Long, Long> listOfDrop = new HashMap<>();

    /** Whether there are any keys: those who use none shall not pay for them. */
    private boolean any;

    KeyWriter(Sql sql) throws SQLException {
        this.sql = sql;
        any = sql.number("select count(*) from key_lists") > 0;
    }

    /** The list's entry, made if need be. */
    KeyList list(String account, long catalog, String field) throws SQLException {
        any = true;
        Optional<KeyList> known = find(account, catalog, field);
        if (known.isPresent()) {
            return known.get();
        }
        long id = sql.number("select max(id) from key_lists") + 1;
        sql.update(
                "insert into key_lists (id, account, catalog, field, highest) values (?, ?, ?, ?, 0)",
                id,
                account,
                catalog,
                field);
        return new KeyList(id, 0);
    }

    private Optional<KeyList> find(String account, long catalog, String field) throws SQLException {
        return sql.one(
                "select id, highest from key_lists where account = ? and catalog = ? and field = ?",
                result -> new KeyList(result.getLong(1), result.getLong(2)),
                account,
                catalog,
                field);
    }

    /** The keys in outcomes of this drop are of that list. */
    void use(long drop, KeyList list) {
        listOfDrop.put(drop, list.id());
    }

    /** Returns the id of the list that has the keys of a drop; 0 if its rows have none. */
    long listOf(long drop) {
        return listOfDrop.getOrDefault(drop, 0L);
    }

    void forget(long drop) {
        listOfDrop.remove(drop);
    }

    /** Until it is settled, it is not known what the elements of a request have. */
    void intended(Chunk chunk) throws SQLException {
        if (any) {
            for (Operation operation : chunk.operations()) {
                if (operation.element().isPresent()) {
                    sql.update(BLUR, operation.element().getAsLong());
                }
            }
        }
    }

    /** What was created or updated has its key, and this was sent for it last. */
    void settled(long drop, List<Outcome> outcomes) throws SQLException {
        Long list = listOfDrop.get(drop);
        if (list == null) {
            return;
        }
        for (Outcome outcome : outcomes) {
            boolean sent = outcome.status() == Status.CREATED || outcome.status() == Status.UPDATED;
            if (sent && outcome.key().isPresent()) {
                Key key = outcome.key().get();
                sql.update(PUT, list, key.text(), outcome.id(), key.high(), key.low());
            } else if (isOver(outcome)) {
                lose(list, outcome.key().orElseThrow().text(), outcome.id());
            }
        }
    }

    /** Whether an element that a complete list did not have is gone, or has another key. */
    private static boolean isOver(Outcome outcome) {
        return outcome.status().accepted()
                && outcome.asked()
                        .filter(asked -> asked instanceof Operation.Delete delete && delete.isMissing())
                        .isPresent();
    }

    /** An element does not have a key (any more); if another has it, that one is not to be made once more. */
    private void lose(long list, String text, long element) throws SQLException {
        if (sql.update(PASS_ON, list, text, element) == 0) {
            sql.update(FORGET, list, text, element);
        }
    }

    /** These elements are gone; a key that has another element by now stays. */
    void gone(KeyList list, List<Operation.Update> updates) throws SQLException {
        for (Operation.Update update : updates) {
            lose(list.id(), update.key().orElseThrow().text(), update.id());
        }
    }

    /** Elements that were read back: each has its key now and no other. */
    void found(KeyList list, List<FoundKey> elements) throws SQLException {
        for (FoundKey found : elements) {
            List<String> before = sql.list(
                    "select key_text from keys where list_id = ? and element = ?",
                    result -> result.getString(1),
                    list.id(),
                    found.element());
            for (String text : before) {
                if (!found.texts().contains(text)) {
                    lose(list.id(), text, found.element());
                }
            }
            for (String text : found.texts()) {
                if (!before.contains(text)) {
                    enter(list, text, found.element());
                }
            }
        }
    }

    private void enter(KeyList list, String text, long element) throws SQLException {
        int second =
                sql.update("update keys set other = ? where list_id = ? and key_text = ?", element, list.id(), text);
        if (second == 0) {
            sql.update(
                    "insert into keys (list_id, " + KnownKey.COLUMNS + ") values (?, ?, ?, 0, 0, 0, 0)",
                    list.id(),
                    text,
                    element);
        }
    }

    /** Of the elements of a key only this is left, 0 for none. */
    void leave(KeyList list, KnownKey key, long element) throws SQLException {
        if (element == 0) {
            sql.update("delete from keys where list_id = ? and key_text = ?", list.id(), key.text());
        } else {
            sql.update(element == key.element() ? LEAVE_FIRST : LEAVE_SECOND, element, list.id(), key.text());
        }
    }

    /** All of the list up to this element was looked at. */
    void looked(KeyList list, long highest) throws SQLException {
        sql.update("update key_lists set highest = ? where id = ? and highest < ?", highest, list.id(), highest);
    }
}
