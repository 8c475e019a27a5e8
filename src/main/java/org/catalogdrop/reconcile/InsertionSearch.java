package org.catalogdrop.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.catalogdrop.model.Element;

/**
 * Finds the elements that were added to a list since it was read, without reading all of it again. As long as every element that must be
 * there is at its expected place, nothing unknown is before it. If an element is further down, the gap is halved until the unknown
 * elements are read.
 *
 * <p>This finds elements that others add and elements that a late request of ours adds. A missing element proves nothing: then, or if
 * pages contradict each other, the search {@linkplain #isOff() is off}. Used by one thread.
 */
final class InsertionSearch {

    /** Elements of a page. Answers are checked against it, because with another size no element would be at its expected place. */
    static final int PAGE = 50;

    /** The most unread pages between two pages that were read. If there are more, one more page between them is worth its request. */
    private static final int FAR = 200;

    /**
     * The number of expected elements up to which they are read in one request, together with a few unknown ones, if the API returns more
     * than a page.
     */
    private static final int SHORT = 450;

    /** The ids that must be in the list, newest first. */
    private long[] expected;

    private final TreeMap<Integer, long[]> read = new TreeMap<>();
    private final List<Element> unknown = new ArrayList<>();
    /** How many pages the API returns at once. */
    private int reach = 1;

    private boolean off;

    /** @param expected the ids that must be in the list, from its top to below what is looked for; not empty */
    InsertionSearch(LongStream expected) {
        this.expected = descending(expected);
    }

    private static long[] descending(LongStream ids) {
        long[] sorted = ids.distinct().sorted().toArray();
        for (int low = 0, high = sorted.length - 1; low < high; low++, high--) {
            long swap = sorted[low];
            sorted[low] = sorted[high];
            sorted[high] = swap;
        }
        return sorted;
    }

    /** Returns a new search that also expects what this one has found. */
    InsertionSearch again() {
        return new InsertionSearch(known());
    }

    /** Returns all ids that are known to be in the list. */
    LongStream known() {
        return LongStream.of(expected);
    }

    /** Returns whether the search has failed and the list must be read. */
    boolean isOff() {
        return off;
    }

    /** Returns the elements of the list that were not expected. */
    List<Element> unknown() {
        return unknown;
    }

    /** Returns whether an element is in the range that is searched and is not known. */
    boolean isStrange(long id) {
        return id > lowest() && !isKnown(id);
    }

    private boolean isKnown(long id) {
        return index(id) >= 0;
    }

    /** Returns the lowest expected id. Nothing below it is looked for. */
    long lowest() {
        return expected[expected.length - 1];
    }

    /** Returns whether all expected elements were read. */
    boolean isWhole() {
        return !off && read.containsKey(0) && end(read.firstEntry()) >= expected.length;
    }

    /** Returns the place of the next page to read, from 0; empty if the search is done. From 0, the top, more than a page may be read. */
    OptionalInt next() {
        if (off) {
            return OptionalInt.empty();
        }
        int last = (expected.length - 1) / PAGE * PAGE;
        if (read.isEmpty()) {
            return OptionalInt.of(expected.length <= SHORT ? 0 : last);
        }
        OptionalInt gap = gap();
        if (gap.isEmpty() && !off && end(read.lastEntry()) < expected.length) {
            off = read.containsKey(last);
            return off ? gap : OptionalInt.of(last);
        }
        return gap;
    }

    /** Returns the middle of the first gap that has something unknown or is too wide. */
    private OptionalInt gap() {
        int end = 0;
        int before = 0;
        for (Map.Entry<Integer, long[]> page : read.entrySet()) {
            int first = (end + PAGE - 1) / PAGE;
            int pages = page.getKey() / PAGE - first;
            int unknowns = shift(page) - before;
            if (unknowns < 0 || (unknowns > 0 && pages <= 0)) {
                off = true;
                return OptionalInt.empty();
            }
            if (unknowns > 0 || pages > FAR) {
                // The unknown elements are most likely the newest.
                int middle = Math.max(first, first + pages / 2 - reach / 2);
                return OptionalInt.of(unknowns > 0 && end == 0 ? 0 : middle * PAGE);
            }
            end = end(page);
            before = shift(page);
        }
        return OptionalInt.empty();
    }

    private static int end(Map.Entry<Integer, long[]> page) {
        return page.getKey() + page.getValue().length;
    }

    /** Returns how many unknown elements are before a page. */
    private int shift(Map.Entry<Integer, long[]> page) {
        return page.getKey() - index(page.getValue()[0]);
    }

    /** Takes the page that was requested. */
    void take(int place, List<Element> elements) {
        long[] ids = elements.stream().mapToLong(Element::id).toArray();
        reach = Math.max(reach, elements.size() / PAGE);
        List<Element> news =
                elements.stream().filter(element -> isStrange(element.id())).toList();
        if (!news.isEmpty()) {
            unknown.addAll(news);
            expected = descending(
                    LongStream.concat(LongStream.of(expected), news.stream().mapToLong(Element::id)));
        }
        // Elements below the last expected one do not matter.
        long[] concerned = LongStream.of(ids).filter(id -> id >= lowest()).toArray();
        boolean cut = concerned.length < ids.length;
        off |= concerned.length == 0
                || !isUnbroken(concerned)
                // More than a page was requested and less than a page came: the elements are too long for a page.
                || (place == 0 && ids.length < Math.min(PAGE, expected.length))
                || (place == 0 && concerned[0] != expected[0])
                || (cut && concerned[concerned.length - 1] != lowest());
        if (!off) {
            read.put(place, concerned);
        }
    }

    /** Returns whether these ids follow each other as expected. */
    private boolean isUnbroken(long[] ids) {
        int first = index(ids[0]);
        for (int i = 0; i < ids.length; i++) {
            if (first + i >= expected.length || expected[first + i] != ids[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the place of an id among the expected ones; negative if it is not there. */
    private int index(long id) {
        int low = 0;
        int high = expected.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (expected[middle] == id) {
                return middle;
            } else if (expected[middle] > id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
