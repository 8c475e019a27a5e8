package org.catalogdrop.model;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One row of a drop as it was read, before it means anything.
 *
 * <p>A cell is a {@link String} (CSV cells and JSON strings; text stays text), a {@link Literal} (a JSON number, {@code true},
 * {@code false} or {@code null}, digit for digit), a {@link Typed} (a number, date or boolean of a workbook), a {@link Damaged} cell, a {@code Map<String, Object>} or a {@code List<Object>} of cells (JSON only).
 * Bytes that are no UTF-8 stand as lone surrogates U+DC80…U+DCFF (0xDC00 + byte), so that rejects can give them back verbatim.
 *
 * @param number counts rows from 1
 * @param line the line of the file on which the row starts, from 1; 0 for one that stands in no file ({@link #beyond})
 * @param columns the names of the cells, as the drop spells them; for CSV one list shared by all rows
 * @param cells the values, one for each column; a row with a {@link #problem()} may have fewer or more
 * @param problem why it cannot be read as a row, if it cannot
 */
public record Row(long number, long line, List<String> columns, List<Object> cells, Optional<Problem> problem) {

    /** Returns a row that could be read. */
    public static Row of(long number, long line, List<String> columns, List<Object> cells) {
        return new Row(number, line, columns, cells, Optional.empty());
    }

    /** A row after the last of the file, for something the file does not speak of. */
    public static Row beyond(long number) {
        return of(number, 0, List.of(), List.of());
    }

    /** Returns whether the drop has this row. */
    public boolean isInDrop() {
        return line > 0;
    }

    /** What the source of a cell knows of its value, whatever it looks like as text. */
    public enum Type {
        /** Digits with a point. */
        NUMBER,
        /** A day in ISO 8601, or a day and a time after a blank. */
        DATE,
        /** 1 or 0. */
        BOOLEAN;

        /** Returns how it is written where a file of ours tells it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A cell of a workbook that is no text. Its text is the same whatever the language of the spreadsheet. */
    public record Typed(Type type, String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * A cell from which no value can be told. It is a fault of the row only if the column is read.
     *
     * @param cell what stands there, for the rejects
     * @param problem why it is no value
     */
    public record Damaged(Object cell, Problem problem) {
        @Override
        public String toString() {
            return cell.toString();
        }
    }

    /** A JSON scalar that is no string, in the digits of the file. */
    public record Literal(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    /** Returns whether a cell is the {@code null} of JSON. */
    public static boolean isNull(Object cell) {
        return cell instanceof Literal literal && literal.text().equals("null");
    }
}
