package org.catalogdrop.intake;

import java.util.Arrays;
import java.util.List;
import org.catalogdrop.model.Amount;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RejectMark;

/**
 * What is told of rows that have not as many cells as the header. Among rejects they have been filled up or cut to it, so that nothing
 * else tells it any more; a {@link RejectMark} in the message keeps them rejected until somebody fixes them.
 */
record Ragged(List<String> columns, boolean workbook) {

    private static final int SHOWN = 200;
    private static final String CLEAR =
            "If they are right as they stand in the rejects file, empty the row's cell _code. As rejected: ";

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

    private Problem problem(String told, String[] cells) {
        return Problem.of(Code.RAGGED_ROW, told + " " + CLEAR + checksum(cells));
    }

    private String checksum(String[] cells) {
        return RejectMark.checksum(columns, Arrays.asList(cells));
    }
}
