package org.catalogdrop.kommo.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.catalogdrop.kommo.ValueComparison;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Key;

/**
 * Reads the keys of a list, newest element first, down to the elements that were read before. It relies on descending ids. If they do not
 * descend, nothing counts as known and the list is read to its end. Used by one thread.
 */
public final class KeyScan {

    private final ListReader listing;
    private final Function<Element, List<String>> keys;
    private final long known;
    private Map<Long, List<String>> page = new LinkedHashMap<>();
    private List<Element> read = new ArrayList<>();
    private long highest;
    private long lowest = Long.MAX_VALUE;
    private boolean descending = true;
    private long elements;

    /**
     * @param field the id of the field that has the keys; empty if the name has them
     * @param known the highest element id that need not be read; 0 for none
     */
    public KeyScan(long catalogId, Optional<String> field, long known) {
        this.known = known;
        this.keys = element -> keys(element, field);
        this.listing = new ListReader(new ElementQuery(catalogId, OptionalLong.empty(), Optional.empty()), this::take);
    }

    private static List<String> keys(Element element, Optional<String> field) {
        return texts(field.map(id -> field(element, id)).orElse(element.name()));
    }

    /** Returns whether an element has a key in this field; in its name if there is no field. */
    static boolean hasKey(Element element, Optional<String> field, String key) {
        return keys(element, field).contains(Key.compared(key));
    }

    /** Returns the only value of a field; empty if it has none, or several. */
    private static String field(Element element, String id) {
        return ValueComparison.field(element, id)
                .filter(field -> field.values().size() == 1)
                .map(field -> field.values().get(0).value())
                .orElse("");
    }

    /** Returns the texts that a value may have been. The API may have escaped some characters, and does not say whether. */
    private static List<String> texts(String read) {
        return Stream.of(ValueComparison.unescaped(read), read)
                .map(Key::compared)
                .filter(key -> !key.isEmpty())
                .distinct()
                .toList();
    }

    public boolean isUnfinished() {
        return listing.isUnfinished() && !(descending && lowest <= known);
    }

    public PageRequest nextPage() {
        return listing.nextPage();
    }

    /** Takes a page and returns its elements with their keys, without those known before. An element without a valid key has none. */
    public Map<Long, List<String>> take(PageBody body) {
        page = new LinkedHashMap<>();
        read = new ArrayList<>();
        listing.take(body);
        return page;
    }

    private void take(Element element) {
        elements++;
        read.add(element);
        descending &= element.id() < lowest;
        lowest = Math.min(lowest, element.id());
        // An element out of order may have others below it that were not read.
        highest = descending ? Math.max(highest, element.id()) : highest;
        if (element.id() > known) {
            page.put(element.id(), new ArrayList<>(keys.apply(element)));
        }
    }

    /** Returns all elements of the last page, including those known before. */
    public List<Element> read() {
        return read;
    }

    /** Returns the key of an element; several if it is not certain how it was written. */
    public List<String> keysOf(Element element) {
        return keys.apply(element);
    }

    /** Returns whether an element has a key. */
    public boolean hasKey(Element element, String key) {
        return keys.apply(element).contains(Key.compared(key));
    }

    /** Returns the highest id down from which everything was read, including what was known before. */
    public long highest() {
        return Math.max(highest, known);
    }

    /** Returns how many elements were read. */
    public long elements() {
        return elements;
    }
}
