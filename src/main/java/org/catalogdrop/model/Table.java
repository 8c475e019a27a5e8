package org.catalogdrop.model;

import java.util.Optional;

/**
 * Where in its file the table of a drop is, and how its rows are told from what else stands there.
 *
 * @param header the line of the header, in a workbook the row of the sheet; {@link #FIRST} or {@link #SEARCHED}
 * @param sheet the sheet of a workbook, by its name or its number among those that can be seen; empty for the first of those
 * @param rows the path to the rows of JSON, as {@code data.items}; empty if they are the whole document
 * @param escape what stands before a quote inside of a cell of CSV, if not a second quote
 * @param missingCells whether cells that are missing at the end of a CSV row are empty
 * @param merged what becomes of cells of a workbook that are merged with the one above
 * @param trailingDelimiter whether all rows of CSV end in a delimiter that the header does not have
 * @param blankRows whether CSV rows of delimiters alone count as rows; only of drops that were begun by an earlier version
 */
public record Table(
        int header,
        String sheet,
        String rows,
        Optional<Character> escape,
        boolean missingCells,
        Merged merged,
        boolean trailingDelimiter,
        boolean blankRows) {

    /** The header is the first line in which something stands. */
    public static final int FIRST = 0;

    /** The header is the first line that has all columns of the mapping. */
    public static final int SEARCHED = -1;

    /** What becomes of cells that are merged with the one above. */
    public enum Merged {
        /** Their rows are rejected if the column is read. */
        REJECT,
        /** They have the value of the one above. */
        FILL,
        /** They are empty, as they stand in the file. */
        EMPTY
    }

    /** The first line in which something stands is the header, and the rows follow it. */
    public static final Table PLAIN = new Table(FIRST, "", "", Optional.empty(), false, Merged.REJECT, false, false);

    public Table withHeader(int line) {
        return new Table(line, sheet, rows, escape, missingCells, merged, trailingDelimiter, blankRows);
    }

    public Table withSheet(String name) {
        return new Table(header, name, rows, escape, missingCells, merged, trailingDelimiter, blankRows);
    }

    public Table withRows(String path) {
        return new Table(header, sheet, path, escape, missingCells, merged, trailingDelimiter, blankRows);
    }

    public Table withEscape(Optional<Character> sign) {
        return new Table(header, sheet, rows, sign, missingCells, merged, trailingDelimiter, blankRows);
    }

    public Table withMissingCells(boolean empty) {
        return new Table(header, sheet, rows, escape, empty, merged, trailingDelimiter, blankRows);
    }

    public Table withMerged(Merged choice) {
        return new Table(header, sheet, rows, escape, missingCells, choice, trailingDelimiter, blankRows);
    }

    public Table withTrailingDelimiter(boolean told) {
        return new Table(header, sheet, rows, escape, missingCells, merged, told, blankRows);
    }

    public Table withBlankRows() {
        return new Table(header, sheet, rows, escape, missingCells, merged, trailingDelimiter, true);
    }

    /** Returns how many lines, or rows of a sheet, are above the header and not read. */
    public int linesAbove() {
        return Math.max(0, header - 1);
    }
}
