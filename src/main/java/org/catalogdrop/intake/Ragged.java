package org.catalogdrop.intake;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import org.catalogdrop.model.Amount;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/**
 * What is told of rows that have not as many cells as the header. Among rejects they have been filled up or cut to it, so that nothing
 * else tells it any more; they stay rejected until their cells are others, or {@code _code} no longer says that they are ragged. A
 * checksum of the cells in the message shows whether they are.
 *
 * @param code where {@code _code} stands; -1 if the drop has no such column
 * @param message where {@code _message} stands, likewise
 */
record Ragged(List<String> columns, boolean workbook, int code, int message) {

    private static final int SHOWN = 200;
    private static final String CLEAR =
            "If they are right as they stand in the rejects file, empty the row's cell _code. As rejected: ";

    static Ragged of(List<String> columns, boolean workbook) {
        List<String> folded = columns.stream().map(Columns::ofRejects).toList();
        return new Ragged(columns, workbook, folded.indexOf(Columns.CODE), folded.indexOf(Columns.MESSAGE));
    }

    Problem problem(String[] cells) {
        int expected = columns.size();
        String found =
                "the row has " + Amount.of(cells.length, "cell") + ", the header has " + Amount.of(expected, "column");
        if (cells.length < expected) {
            return problem(
                    found + "; the cells from '" + columns.get(cells.length)
                            + "' on are missing. Fill them in, empty ones too.",
                    cells);
        }
        String surplus = String.join(" | ", Arrays.asList(cells).subList(expected, cells.length));
        return problem(
                found + "; too much is: " + Utf8.excerpt(surplus, SHOWN)
                        + (workbook
                                ? ". Give the header a name for each column, or take out the cells beyond it."
                                : ". A cell that holds the separator must stand in double quotes."),
                cells);
    }

    /** Whether a row with as many cells as the header was rejected for having others, and is as it was then. */
    boolean isStill(String[] cells) {
        if (code < 0 || !cells[code].strip().equals(Code.RAGGED_ROW.word())) {
            return false;
        }
        int mark = message < 0 ? -1 : cells[message].lastIndexOf(CLEAR);
        return mark < 0
                || cells[message].substring(mark + CLEAR.length()).strip().equals(checksum(cells));
    }

    /** What was told of such a row, as it knows of cells that are lost. */
    Problem again(String[] cells) {
        String told = message < 0 ? "" : cells[message].strip();
        return told.contains(CLEAR)
                ? Problem.of(Code.RAGGED_ROW, told)
                : problem(
                        told.isEmpty() ? "the row had not as many cells as the header when it was rejected." : told,
                        cells);
    }

    private Problem problem(String told, String[] cells) {
        return Problem.of(Code.RAGGED_ROW, told + " " + CLEAR + checksum(cells));
    }

    /** Of the cells as they stand in the rejects, those left out that the rejects add. */
    private String checksum(String[] cells) {
        CRC32 sum = new CRC32();
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).startsWith("_")) {
                sum.update((i < cells.length ? cells[i] : "").getBytes(StandardCharsets.UTF_8));
                sum.update(0);
            }
        }
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }
}
