package org.catalogdrop.intake;

import java.util.Arrays;
import java.util.List;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/**
 * What is told of rows that have not as many cells as the header. Among rejects they have been filled up or cut to it, so that no one
 * can see any more which cell belongs where; they stay rejected until {@code _code} no longer says that they are ragged.
 *
 * @param code where {@code _code} stands; -1 if the drop has no such column
 * @param message where {@code _message} stands, likewise
 */
record Ragged(List<String> columns, boolean workbook, int code, int message) {

    private static final int SHOWN = 200;
    private static final String CLEAR = "When its cells are right in the rejects file, empty its cell _code.";

    static Ragged of(List<String> columns, boolean workbook) {
        List<String> folded = columns.stream().map(Columns::ofRejects).toList();
        return new Ragged(columns, workbook, folded.indexOf(Columns.CODE), folded.indexOf(Columns.MESSAGE));
    }

    Problem problem(String[] cells) {
        int expected = columns.size();
        String found = "the row has " + cells.length + (cells.length == 1 ? " cell" : " cells") + ", the header has "
                + expected + (expected == 1 ? " column" : " columns");
        if (cells.length < expected) {
            return problem(found + "; the cells from '" + columns.get(cells.length)
                    + "' on are missing. Fill them in, empty ones too.");
        }
        String surplus = String.join(" | ", Arrays.asList(cells).subList(expected, cells.length));
        return problem(found + "; too much is: " + Utf8.excerpt(surplus, SHOWN)
                + (workbook
                        ? ". Give the header a name for each column, or take out the cells beyond it."
                        : ". A cell that holds the separator must stand in double quotes."));
    }

    /** Whether a row with as many cells as the header was rejected for having others, and nobody says that they are right now. */
    boolean isStill(String[] cells) {
        return code >= 0 && cells[code].strip().equals(Code.RAGGED_ROW.word());
    }

    /** What was told of such a row, as it knows of cells that are lost. */
    Problem again(String[] cells) {
        String told = message < 0 ? "" : cells[message].strip();
        return told.endsWith(CLEAR)
                ? Problem.of(Code.RAGGED_ROW, told)
                : problem(told.isEmpty() ? "the row had not as many cells as the header when it was rejected." : told);
    }

    private static Problem problem(String told) {
        return Problem.of(Code.RAGGED_ROW, told + " " + CLEAR);
    }
}
