package org.catalogdrop.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of a drop as it was parsed, before a mapping interprets it.
 *
 * <p>A cell is a {@link String} (CSV cells and JSON strings), a {@link Literal} (a JSON number, {@code true}, {@code false} or
 * {@code null}), a {@link Typed} (a number, date or boolean of a workbook), a {@link Damaged} cell, or in JSON a
 * {@code Map<String, Object>} or {@code List<Object>} of cells. Bytes that are not valid UTF-8 become lone surrogates U+DC80…U+DCFF (0xDC00
 * + byte), so that the rejects file can have the same bytes again.
 *
 * @param number the number of the row in the drop, from 1
 * @param line the line of the file on which the row starts, from 1; 0 for a row that is not in the file ({@link #beyond})
 * @param columns the names of the cells in the spelling of the drop; all rows of a CSV drop share one list
 * @param cells the values, one for each column; a row with a {@link #problem()} may have fewer or more
 * @param problem why it cannot be read as a row; empty if it can
 */
public record Row(long number, long line, List<String> columns, List<Object> cells, Optional<Problem> problem)
        implements RowDecision {

    @Override
    public Row row() {
        return this;
    }

    /**
     * Returns a row without a problem.
     *
     * @param number the number of the row, from 1
     * @param line the line on which it starts, from 1
     * @param columns the names of the cells
     * @param cells the values, one for each column
     * @return the row
     */
    public static Row of(long number, long line, List<String> columns, List<Object> cells) {
        return new Row(number, line, columns, cells, Optional.empty());
    }

    /**
     * Returns a row after the last one of the file, for an element that the file does not mention.
     *
     * @param number the number of the row, greater than that of the last row of the file
     * @return a row without cells
     */
    public static Row beyond(long number) {
        return of(number, 0, List.of(), List.of());
    }

    /**
     * Returns whether the file has this row.
     *
     * @return false for a row made by {@link #beyond}
     */
    public boolean isInDrop() {
        return line > 0;
    }

    /** The type of a workbook's cell, which its text alone may not show. */
    public enum Type {
        /** A number: digits, with a decimal point if needed. */
        NUMBER,
        /** A day in ISO 8601, or a day, a space and a time. */
        DATE,
        /** 1 or 0. */
        BOOLEAN;

        /**
         * Returns the word used in the files that the loader writes.
         *
         * @return {@code number}, {@code date} or {@code boolean}
         */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A cell of a workbook that is not text. Its text does not depend on the language of the spreadsheet.
     *
     * @param type its type
     * @param text its value as {@link Type} describes it
     */
    public record Typed(Type type, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A cell whose value cannot be read. The row is rejected for it only if its column is read.
     *
     * @param cell the content of the cell, for the rejects file
     * @param problem why it has no value
     */
    public record Damaged(Object cell, Problem problem) {
        @Override
        public String toString() {
            return cell.toString();
        }
    }

    /**
     * A JSON scalar that is not a string.
     *
     * @param text its text, digit for digit as in the file
     */
    public record Literal(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Returns whether a cell is JSON's {@code null}.
     *
     * @param cell a cell of a row
     * @return true for {@code null}; false for the text {@code "null"}
     */
    public static boolean isNull(Object cell) {
        return cell instanceof Literal literal && literal.text().equals("null");
    }
}
