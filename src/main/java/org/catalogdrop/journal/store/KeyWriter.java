package org.catalogdrop.journal.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Key;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;

/** Writes keys, on the writer's thread only. */
public final class KeyWriter {

    private static final String KEY = " where list_id = ? and key_text = ?";

    /** Returns the keys that the elements have now; the other ones have another element. */
    private static final String PRINT = "insert into keys (list_id, " + KnownKey.COLUMNS
            + ") values {(?, ?, ?, 0, 1, ?, ?)} on conflict (list_id, key_text) do update set printed = 1,"
            + " print_high = excluded.print_high, print_low = excluded.print_low where keys.element = excluded.element"
            + " returning key_text";

    /** Returns what was added. */
    private static final String ADD = "insert into keys (list_id, " + KnownKey.COLUMNS
            + ") values {(?, ?, ?, 0, 0, 0, 0)} on conflict do nothing returning key_text, element";

    private static final String ADD_SECOND =
            "update keys set other = ?" + KEY + " and element <> ? and other in (0, ?)";

    private static final String ADD_FURTHER =
            "insert into further_elements (list_id, key_text, element) values (?, ?, ?) on conflict do nothing";

    private static final String PUT_FIRST =
            "update keys set element = ?, other = element, printed = 1, print_high = ?, print_low = ?" + KEY;

    private static final String FIRST_FURTHER = "coalesce((select min(further.element) from further_elements as further"
            + " where further.list_id = keys.list_id and further.key_text = keys.key_text), 0)";

    private static final String FORGET = "delete from keys" + KEY + " and element = ? and other = 0";

    /** The second element becomes the first, and nothing is known to have been sent to it. */
    private static final String LOSE_FIRST = "update keys set element = other, other = " + FIRST_FURTHER
            + ", printed = 0, print_high = 0, print_low = 0" + KEY + " and element = ? and other <> 0";

    private static final String LOSE_SECOND =
            "update keys set other = " + FIRST_FURTHER + ", printed = 0" + KEY + " and other = ?";

    private static final String LOSE_FURTHER = "delete from further_elements" + KEY + " and element = ?";

    /** The further element that becomes the second. */
    private static final String PROMOTED =
            "delete from further_elements" + KEY + " and element in (select other from keys" + KEY + ")";

    /** The addition keeps the databases from reading all keys of the list. */
    private static final List<String> TEXTS = List.of(
            "select element, key_text from keys where list_id + 0 = ? and element = ?",
            "select other, key_text from keys where list_id + 0 = ? and other <> 0 and other = ?",
            "select element, key_text from further_elements where list_id + 0 = ? and element = ?");

    private static final String BLUR = "update keys set printed = 0 where element = ? and printed = 1";

    private final Sql sql;
    private final Map<Long, Long> listOfDrop = new HashMap<>();

    /** Whether there are any keys, so that loads that use none pay nothing. */
    private boolean any;

    public KeyWriter(Sql sql) throws SQLException {
        this.sql = sql;
        any = sql.number("select count(*) from key_lists") > 0;
    }

    /** Returns the list's entry, and makes it if necessary. */
    public KeyList list(String account, long catalog, String field) throws SQLException {
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

    /** Sets the list to which the keys in outcomes of this drop belong. */
    public void use(long drop, KeyList list) {
        listOfDrop.put(drop, list.id());
    }

    /** Returns the id of the list that has the keys of a drop; 0 if its rows have none. */
    public long listOf(long drop) {
        return listOfDrop.getOrDefault(drop, 0L);
    }

    public void forget(long drop) {
        listOfDrop.remove(drop);
    }

    /** Records that the content of a request's elements is unknown until it is settled. */
    public void intended(Chunk chunk) throws SQLException {
        if (any) {
            List<Object[]> elements = new ArrayList<>();
            for (Operation operation : chunk.operations()) {
                operation.element().ifPresent(element -> elements.add(new Object[] {element}));
            }
            sql.updateEach(BLUR, elements);
        }
    }

    /** Records the keys of created and updated elements, and what was last sent for them. */
    public void settled(long drop, List<Outcome> outcomes) throws SQLException {
        Long list = listOfDrop.get(drop);
        if (list == null) {
            return;
        }
        Map<String, SentKey> sent = new LinkedHashMap<>();
        for (Outcome outcome : outcomes) {
            boolean applied = outcome.status() == Status.CREATED || outcome.status() == Status.UPDATED;
            if (applied && outcome.key().isPresent()) {
                Key key = outcome.key().get();
                if (sent.containsKey(key.text())) {
                    put(list, sent);
                }
                sent.put(key.text(), new SentKey(key, outcome.id()));
            } else if (isOver(outcome)) {
                put(list, sent);
                lose(list, outcome.key().orElseThrow().text(), outcome.id());
            }
        }
        put(list, sent);
    }

    /** A key and the element that it was sent to. */
    private record SentKey(Key key, long element) {
        Object[] line(long list) {
            return new Object[] {list, key.text(), element, key.high(), key.low()};
        }
    }

    /** Returns whether an element that was missing from a complete list is gone, or has another key. */
    private static boolean isOver(Outcome outcome) {
        return outcome.status().accepted()
                && outcome.asked()
                        .filter(asked -> asked instanceof Operation.Delete delete && delete.isMissing())
                        .isPresent();
    }

    /** Records keys and what was last sent for their elements, and empties the map. */
    private void put(long list, Map<String, SentKey> sent) throws SQLException {
        List<Object[]> lines = sent.values().stream().map(one -> one.line(list)).toList();
        sent.keySet().removeAll(sql.insertAll(PRINT, result -> result.getString(1), lines));
        for (SentKey one : sent.values()) {
            putFirst(list, one.key(), one.element());
        }
        sent.clear();
    }

    /** Records the key of an element, which another element has too, and what was last sent for it. The others keep the key. */
    private void putFirst(long list, Key key, long element) throws SQLException {
        lose(list, key.text(), element);
        long second = sql.number("select other from keys" + KEY, list, key.text());
        if (second != 0) {
            sql.update(ADD_FURTHER, list, key.text(), second);
        }
        sql.update(PUT_FIRST, element, key.high(), key.low(), list, key.text());
    }

    /** Removes a key from an element; other elements that have it keep it. Returns whether none has it now. */
    private boolean lose(long list, String text, long element) throws SQLException {
        if (sql.update(FORGET, list, text, element) > 0) {
            return true;
        }
        if (sql.update(LOSE_FIRST, list, text, element) > 0 || sql.update(LOSE_SECOND, list, text, element) > 0) {
            sql.update(PROMOTED, list, text, list, text);
        } else {
            sql.update(LOSE_FURTHER, list, text, element);
        }
        return false;
    }

    /** Removes elements that are gone. A key that has another element by now stays. */
    public void recordGone(KeyList list, List<Operation.Update> updates) throws SQLException {
        for (Operation.Update update : updates) {
            lose(list.id(), update.key().orElseThrow().text(), update.id());
        }
    }

    /** Records elements that were read back: each has its key now and no other. Of an element that was read twice the last read counts. */
    public void found(KeyList list, List<FoundKey> elements) throws SQLException {
        Map<Long, List<String>> texts = new LinkedHashMap<>();
        elements.forEach(found -> texts.put(found.element(), found.texts()));
        Map<Long, List<String>> before = texts(list, texts.keySet());
        List<KeyOfElement> entered = new ArrayList<>();
        for (Map.Entry<Long, List<String>> found : texts.entrySet()) {
            List<String> known = before.getOrDefault(found.getKey(), List.of());
            for (String text : known) {
                if (!found.getValue().contains(text)) {
                    lose(list.id(), text, found.getKey());
                }
            }
            for (String text : found.getValue()) {
                if (!known.contains(text)) {
                    entered.add(new KeyOfElement(text, found.getKey()));
                }
            }
        }
        enter(list, entered);
    }

    /** Returns the keys of elements. */
    private Map<Long, List<String>> texts(KeyList list, Collection<Long> elements) throws SQLException {
        Map<Long, List<String>> texts = new HashMap<>();
        List<Long> values = List.copyOf(elements);
        for (String query : TEXTS) {
            sql.listEach(query, result -> new KeyOfElement(result.getString(2), result.getLong(1)), values, list.id())
                    .forEach(one -> texts.computeIfAbsent(one.element(), element -> new ArrayList<>())
                            .add(one.text()));
        }
        return texts;
    }

    /** A key that an element has. */
    record KeyOfElement(String text, long element) {}

    /** Records keys of elements, besides the elements that already have them. */
    void enter(KeyList list, List<KeyOfElement> entered) throws SQLException {
        Set<KeyOfElement> known = new LinkedHashSet<>(entered);
        List<Object[]> lines = known.stream()
                .map(one -> new Object[] {list.id(), one.text(), one.element()})
                .toList();
        known.removeAll(sql.insertAll(ADD, result -> new KeyOfElement(result.getString(1), result.getLong(2)), lines));
        for (KeyOfElement one : known) {
            enterBesides(list, one.text(), one.element());
        }
    }

    private void enterBesides(KeyList list, String text, long element) throws SQLException {
        if (sql.update(ADD_SECOND, element, list.id(), text, element, element) == 0
                && sql.number("select element from keys" + KEY, list.id(), text) != element) {
            sql.update(ADD_FURTHER, list.id(), text, element);
        }
    }

    /** Removes a key from elements. Returns whether none has it now. */
    public boolean leave(KeyList list, String text, List<Long> elements) throws SQLException {
        boolean over = false;
        for (long element : elements) {
            over |= lose(list.id(), text, element);
        }
        return over;
    }

    /** Records that all of the list up to this element was read. */
    public void looked(KeyList list, long highest) throws SQLException {
        sql.update("update key_lists set highest = ? where id = ? and highest < ?", highest, list.id(), highest);
    }
}
