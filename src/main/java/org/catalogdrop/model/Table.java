package org.catalogdrop.model;

import java.util.Optional;

/**
 * Where the table of a drop is in its file, and which parts of the file count as its rows. Immutable.
 *
 * @param header the line of the header, or the row of the sheet, from 1; or {@link #FIRST} or {@link #SEARCHED}
 * @param sheet the sheet of a workbook: its name, or its number among the visible sheets; empty for the first visible sheet
 * @param rows the path to the rows of JSON, such as {@code data.items}; empty if they are the whole document
 * @param escape the character before a quote inside a CSV cell; empty if such a quote is written twice
 * @param missingCells whether cells that are missing at the end of a CSV row count as empty
 * @param merged how to read cells of a workbook that are merged with the cell above
 * @param trailingDelimiter whether all CSV rows end in a delimiter that the header does not have
 * @param blankRows whether CSV rows of delimiters alone count as rows; true only for drops that an earlier version began
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

    /** The header is the first line that is not empty. */
    public static final int FIRST = 0;

    /** The header is the first line that has all columns of the mapping file. */
    public static final int SEARCHED = -1;

    /** How to read cells that are merged with the cell above. */
    public enum Merged {
        /** Reject their rows if the column is read. */
        REJECT,
        /** Give them the value of the cell above. */
        FILL,
        /** Read them as empty, as they are in the file. */
        EMPTY
    }

    /** The usual table: the first line that is not empty is the header, and the rows follow it. */
    public static final Table PLAIN = new Table(FIRST, "", "", Optional.empty(), false, Merged.REJECT, false, false);

    /**
     * Returns this table with another header.
     *
     * @param line the line of the header from 1, {@link #FIRST} or {@link #SEARCHED}
     * @return a copy
     */
    public Table withHeader(int line) {
        return new Table(line, sheet, rows, escape, missingCells, merged, trailingDelimiter, blankRows);
    }

    /**
     * Returns this table on another sheet.
     *
     * @param name the name or number of the sheet; empty for the first visible sheet
     * @return a copy
     */
    public Table withSheet(String name) {
        return new Table(header, name, rows, escape, missingCells, merged, trailingDelimiter, blankRows);
    }

    /**
     * Returns this table with another path to its rows.
     *
     * @param path the path in the JSON document; empty if the rows are the whole document
     * @return a copy
     */
    public Table withRows(String path) {
        return new Table(header, sheet, path, escape, missingCells, merged, trailingDelimiter, blankRows);
    }

    /**
     * Returns this table with another escape character.
     *
     * @param sign the character before a quote inside a cell; empty if such a quote is written twice
     * @return a copy
     */
    public Table withEscape(Optional<Character> sign) {
        return new Table(header, sheet, rows, sign, missingCells, merged, trailingDelimiter, blankRows);
    }

    /**
     * Returns this table with another rule for missing cells.
     *
     * @param empty whether cells that are missing at the end of a CSV row count as empty
     * @return a copy
     */
    public Table withMissingCells(boolean empty) {
        return new Table(header, sheet, rows, escape, empty, merged, trailingDelimiter, blankRows);
    }

    /**
     * Returns this table with another rule for merged cells.
     *
     * @param choice how to read cells that are merged with the cell above
     * @return a copy
     */
    public Table withMerged(Merged choice) {
        return new Table(header, sheet, rows, escape, missingCells, choice, trailingDelimiter, blankRows);
    }

    /**
     * Returns this table with another rule for delimiters at the end of rows.
     *
     * @param present whether all CSV rows end in a delimiter that the header does not have
     * @return a copy
     */
    public Table withTrailingDelimiter(boolean present) {
        return new Table(header, sheet, rows, escape, missingCells, merged, present, blankRows);
    }

    /**
     * Returns this table with CSV rows of delimiters alone counted as rows, as earlier versions did.
     *
     * @return a copy
     */
    public Table withBlankRows() {
        return new Table(header, sheet, rows, escape, missingCells, merged, trailingDelimiter, true);
    }

    /**
     * Returns how many lines, or rows of a sheet, above the header are not read.
     *
     * @return the number of lines; 0 if the header is {@link #FIRST} or {@link #SEARCHED}
     */
    public int linesAbove() {
        return Math.max(0, header - 1);
    }
}
