package org.catalogdrop.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.catalogdrop.sandbox.store.Store;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.Night;

/** What the list must have: of the elements without a key how many of each kind, of the others one for each key. */
final class CrashAccount {

    private final Map<String, Integer> plain = new TreeMap<>();
    private final Map<String, String> keyed = new TreeMap<>();

    /** What other clients added as well. */
    private final Set<String> others = new TreeSet<>();

    /** What of ours was there before the drop under way. */
    private final Map<String, Integer> before = new TreeMap<>();

    /** The elements that are there for a drop's updates and deletes. */
    void given(CrashDrop drop) {
        drop.lines().stream().filter(line -> line.id() != 0).forEach(line -> count(line.old(), 1));
    }

    void loaded(CrashDrop drop) {
        for (CrashDrop.Line line : drop.lines()) {
            if (line.id() != 0) {
                count(line.old(), -1);
            }
            if (!line.action().equals("delete")) {
                count(line.text(), 1);
            }
        }
    }

    /** @param inDoubt the places of rows that are in doubt, of which no undo knows */
    void addsUndone(CrashDrop drop, Set<Integer> inDoubt) {
        for (int row = 0; row < drop.lines().size(); row++) {
            CrashDrop.Line line = drop.lines().get(row);
            if (line.action().equals("add") && !inDoubt.contains(row)) {
                count(line.text(), -1);
            }
        }
    }

    /**
     * Rows in doubt are applied or not: takes off those that are not. Whose an element is tells the account; the results must not say more
     * than it.
     */
    void settle(CrashDrop drop, Set<Integer> inDoubt, Store store, long otherUser) {
        Map<String, Integer> ours = new TreeMap<>();
        store.elements(CrashDrop.LIST).stream()
                .filter(element ->
                        element.createdBy() != otherUser && key(element).isEmpty())
                .forEach(element -> ours.merge(text(element), 1, Integer::sum));
        Map<String, Integer> doubts = new TreeMap<>();
        Map<String, Integer> rows = new TreeMap<>();
        for (int row = 0; row < drop.lines().size(); row++) {
            CrashDrop.Line line = drop.lines().get(row);
            if (line.action().equals("add")) {
                rows.merge(line.text(), 1, Integer::sum);
                if (inDoubt.contains(row)) {
                    doubts.merge(line.text(), 1, Integer::sum);
                }
            }
        }
        doubts.forEach((text, count) -> {
            assertThat(others)
                    .as("%s is in doubt, though nobody else added it", text)
                    .contains(text);
            int found = Math.min(ours.getOrDefault(text, 0) - before.getOrDefault(text, 0), rows.get(text));
            int absent = Math.min(rows.get(text) - found, count);
            count(text, -absent);
        });
    }

    /** Another client made an element as the row asks for it. */
    void added(CrashDrop.Line line) {
        count(line.text(), 1);
        others.add(line.text());
    }

    /** The elements of ours without a key that are there before a drop. */
    void remember(Store store, long otherUser) {
        before.clear();
        store.elements(CrashDrop.LIST).stream()
                .filter(element ->
                        element.createdBy() != otherUser && key(element).isEmpty())
                .forEach(element -> before.merge(text(element), 1, Integer::sum));
    }

    private void count(String text, int more) {
        plain.merge(text, more, Integer::sum);
        plain.remove(text, 0);
    }

    void loaded(CrashNight night) {
        night.lines().forEach(line -> keyed.put(line.key(), line.text()));
    }

    /** The text of the element of each key; to be changed by what is done by hand. */
    Map<String, String> keyed() {
        return keyed;
    }

    void assertIs(Store store) {
        Map<String, Integer> wanted = new TreeMap<>(plain);
        keyed.forEach((key, text) -> wanted.put(key + ": " + text, 1));
        Map<String, Integer> found = new TreeMap<>();
        store.elements(CrashDrop.LIST).forEach(element -> found.merge(told(element), 1, Integer::sum));
        Map<String, String> wrong = new TreeMap<>();
        wanted.forEach((text, count) -> {
            if (!count.equals(found.get(text))) {
                wrong.put(text, "wanted " + count + ", found " + found.getOrDefault(text, 0));
            }
        });
        found.forEach((text, count) ->
                wrong.computeIfAbsent(text, t -> wanted.containsKey(t) ? null : "wanted none, found " + count));
        assertThat(wrong).as("elements lost or doubled").isEmpty();
    }

    private static String told(StoredElement element) {
        String key = key(element);
        return key.isEmpty() ? text(element) : key + ": " + text(element);
    }

    static String text(StoredElement element) {
        return element.name() + " at " + value(element, CrashDrop.PRICE, "no price");
    }

    /** Empty if it has none. */
    static String key(StoredElement element) {
        return value(element, Night.SKU, "");
    }

    private static String value(StoredElement element, long id, String none) {
        return element.fields().stream()
                .filter(field -> field.id() == id)
                .map(field -> field.values().get(0).text())
                .findFirst()
                .orElse(none);
    }
}
