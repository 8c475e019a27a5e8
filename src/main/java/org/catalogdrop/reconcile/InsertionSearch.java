package org.catalogdrop.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.catalogdrop.model.Element;

/**
 * Finds what was added to a list since it was read, without reading it again: as long as every element that must be there stands where it
 * must, there is nothing unknown before it. Where it stands further down, the gap is halved until the unknown ones are read.
 *
 * <p>That holds for what others add, and for what a late request of ours adds. An element that is missing proves nothing: then, and
 * whenever pages contradict each other, the soundings are off. Used by one thread.
 */
final class InsertionSearch {

    /** Elements of a page. The answers are checked for it: with another size nothing stands where it must. */
    static final int PAGE = 50;

    /** Between two pages read there are no more pages unread than this: another sounding is worth its request. */
    private static final int FAR = 200;

    /** So many, and a few unknown ones, are read at once if the API gives more than a page. */
    private static final int SHORT = 450;

    /** Ids that must be in the list, newest first. */
    private long[] expected;

    private final TreeMap<Integer, long[]> read = new TreeMap<>();
    private final List<Element> unknown = new ArrayList<>();
    /** How many pages come at once. */
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

    /** Returns the same from the start, with what was found. */
    InsertionSearch again() {
        return new InsertionSearch(known());
    }

    /** Returns all that is known to be in the list. */
    LongStream known() {
        return LongStream.of(expected);
    }

    /** Returns whether nothing can be said this way. */
    boolean isOff() {
        return off;
    }

    /** What is in the list and was not expected. */
    List<Element> unknown() {
        return unknown;
    }

    /** Returns whether an element belongs to what was looked at and is not known to be there. */
    boolean isStrange(long id) {
        return id > lowest() && !isKnown(id);
    }

    private boolean isKnown(long id) {
        return index(id) >= 0;
    }

    /** Returns the lowest id that is expected: below it nothing is looked for. */
    long lowest() {
        return expected[expected.length - 1];
    }

    /** Returns whether all that is expected was read. */
    boolean isWhole() {
        return !off && read.containsKey(0) && end(read.firstEntry()) >= expected.length;
    }

    /** Returns the place, from 0, at which the next page to read begins; 0 is the top, of which more than a page may be read. Empty: done. */
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

    /** Returns the middle of the first gap in which something unknown lies, or which is too wide. */
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
                // What is unknown is most likely the latest.
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

    /** Returns how many unknown ones stand before a page. */
    private int shift(Map.Entry<Integer, long[]> page) {
        return page.getKey() - index(page.getValue()[0]);
    }

    /** Takes the page that was asked for. */
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
        // What lies below the last that is expected is of no concern.
        long[] concerned = LongStream.of(ids).filter(id -> id >= lowest()).toArray();
        boolean cut = concerned.length < ids.length;
        off |= concerned.length == 0
                || !isUnbroken(concerned)
                // Less than a page of more than that: the elements are too long for a page.
                || (place == 0 && ids.length < Math.min(PAGE, expected.length))
                || (place == 0 && concerned[0] != expected[0])
                || (cut && concerned[concerned.length - 1] != lowest());
        if (!off) {
            read.put(place, concerned);
        }
    }

    /** Returns whether these follow each other as is expected. */
    private boolean isUnbroken(long[] ids) {
        int first = index(ids[0]);
        for (int i = 0; i < ids.length; i++) {
            if (first + i >= expected.length || expected[first + i] != ids[i]) {
                return false;
            }
        }
        return true;
    }

    /** Returns the place of an id among the expected ones; negative if it is not. */
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
