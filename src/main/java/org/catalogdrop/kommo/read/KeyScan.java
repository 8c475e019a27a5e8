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
 * Reads the keys of a list back, newest element first, down to what was looked at before. Ids descend from page to page; should they not,
 * nothing is taken for known and the list is read to its end. Used by one thread.
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
     * @param known the highest element id that needs not be looked at, 0 for none
     */
    public KeyScan(long catalogId, Optional<String> field, long known) {
        this.known = known;
        this.keys = element -> keys(element, field);
        this.listing = new ListReader(new ElementQuery(catalogId, OptionalLong.empty(), Optional.empty()), this::take);
    }

    private static List<String> keys(Element element, Optional<String> field) {
        return texts(field.map(id -> field(element, id)).orElse(element.name()));
    }

    /** Returns whether an element has a key in this field; in its name if there is none. */
    static boolean has(Element element, Optional<String> field, String key) {
        return keys(element, field).contains(Key.compared(key));
    }

    /** Returns the one value of a field; empty if it has none, or several. */
    private static String field(Element element, String id) {
        return ValueComparison.field(element, id)
                .filter(field -> field.values().size() == 1)
                .map(field -> field.values().get(0).value())
                .orElse("");
    }

    /** The API may have escaped some characters; whether it did, it does not say. */
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

    /** Takes a page; its elements with their keys, those known before left out. An element without a usable key has none. */
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
        // What comes out of turn may have others below it that were not read.
        highest = descending ? Math.max(highest, element.id()) : highest;
        if (element.id() > known) {
            page.put(element.id(), new ArrayList<>(keys.apply(element)));
        }
    }

    /** Returns all elements of the last page, those too that were known before. */
    public List<Element> read() {
        return read;
    }

    /** Returns the key of an element; several if it cannot be told how it was written. */
    public List<String> keysOf(Element element) {
        return keys.apply(element);
    }

    /** Returns whether an element has a key. */
    public boolean has(Element element, String key) {
        return keys.apply(element).contains(Key.compared(key));
    }

    /** Returns the highest id down from which all was read, what was known included. */
    public long highest() {
        return Math.max(highest, known);
    }

    /** Returns the elements read. */
    public long elements() {
        return elements;
    }
}
