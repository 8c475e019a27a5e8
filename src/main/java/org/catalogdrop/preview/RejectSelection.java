package org.catalogdrop.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.roaringbitmap.RoaringBitmap;

/**
 * Which rows of a rejects file are ticked, over all parts of it that someone has opened. A form carries it as two texts. Immutable.
 *
 * @param opened the parts, by the number of rows before them
 * @param ticked the numbers of the rows; not to be changed
 */
public record RejectSelection(SortedSet<Integer> opened, RoaringBitmap ticked) {

    /** Nothing was opened. */
    public static final RejectSelection NONE = new RejectSelection(new TreeSet<>(), new RoaringBitmap());

    /** More rows than a form can tick; a text with more is not of ours. */
    private static final int MOST = 1_000_000;

    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

    /** Reads both texts of a form. What is no number is left out. */
    public static RejectSelection of(String opened, String ticked) {
        SortedSet<Integer> parts = new TreeSet<>();
        numbers(opened).forEach((int part) -> parts.add(part));
        return new RejectSelection(parts, numbers(ticked));
    }

    /** Reads ranges of numbers, as in {@code 1-50,53}. */
    public static RoaringBitmap numbers(String text) {
        RoaringBitmap numbers = new RoaringBitmap();
        Matcher range = RANGE.matcher(text);
        while (range.find() && numbers.getLongCardinality() < MOST) {
            long from = Long.parseLong(range.group(1));
            long to = range.group(2) == null ? from : Long.parseLong(range.group(2));
            if (from <= to && to - from < MOST) {
                numbers.add(from, to + 1);
            }
        }
        return numbers;
    }

    /** Returns this with another choice in a part. */
    public RejectSelection with(int part, RoaringBitmap shown, RoaringBitmap chosen) {
        SortedSet<Integer> parts = new TreeSet<>(opened);
        parts.add(part);
        return new RejectSelection(parts, RoaringBitmap.or(RoaringBitmap.andNot(ticked, shown), chosen));
    }

    /** Returns this without rows. */
    public RejectSelection without(RoaringBitmap rows) {
        return new RejectSelection(opened, RoaringBitmap.andNot(ticked, rows));
    }

    /** Returns whether a row is ticked. */
    public boolean isTicked(long row) {
        return row > 0 && row < Integer.MAX_VALUE && ticked.contains((int) row);
    }

    /** Returns the parts as a text. */
    public String openedText() {
        return String.join(",", opened.stream().map(String::valueOf).toList());
    }

    /** Returns rows as a text of ranges. */
    public static String text(RoaringBitmap rows) {
        List<String> ranges = new ArrayList<>();
        long from = -1;
        long to = -1;
        for (int row : rows) {
            if (row != to + 1 || from < 0) {
                add(ranges, from, to);
                from = row;
            }
            to = row;
        }
        add(ranges, from, to);
        return String.join(",", ranges);
    }

    private static void add(List<String> ranges, long from, long to) {
        if (from >= 0) {
            ranges.add(from == to ? Long.toString(from) : from + "-" + to);
        }
    }
}
