package org.catalogdrop.input.csv;

import java.util.Arrays;
import java.util.List;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Table;

/**
 * Checks rows that do not have as many cells as the header. In rejects they have been filled up or cut to the header, so nothing else
 * shows it; a {@link RejectMark} in the message keeps them rejected until somebody fixes them.
 */
record Ragged(List<String> columns, boolean workbook, Table table) {

    private static final int SHOWN = 200;

    /** Returns the cells without the one that a delimiter at the end of all rows makes, and with those that may be left out at the end. */
    String[] fitted(String[] cells) {
        int expected = columns.size();
        if (cells.length == expected + 1 && table.trailingDelimiter() && cells[expected].isBlank()) {
            return Arrays.copyOf(cells, expected);
        }
        if (cells.length < expected && (table.missingCells() || isNameless(cells.length))) {
            String[] filled = Arrays.copyOf(cells, expected);
            Arrays.fill(filled, cells.length, expected, "");
            return filled;
        }
        return cells;
    }

    private boolean isNameless(int from) {
        return columns.subList(from, columns.size()).stream().allMatch(String::isEmpty);
    }

    Problem problem(List<Object> cells) {
        int expected = columns.size();
        String found =
                "the row has " + Plural.of(cells.size(), "cell") + ", the header has " + Plural.of(expected, "column");
        if (cells.size() < expected) {
            return Problem.of(
                    Code.RAGGED_ROW,
                    found + "; the cells from '" + columns.get(cells.size())
                            + "' on are missing. Add them, even if they are empty. If the drop omits empty cells at the end of"
                            + " its rows, write csv: {missing_cells: empty} into its mapping file.");
        }
        List<String> beyond = cells.subList(expected, cells.size()).stream()
                .map(Object::toString)
                .toList();
        if (beyond.stream().allMatch(String::isBlank)) {
            return Problem.of(
                    Code.RAGGED_ROW,
                    found + "; the extra cells after the last column are empty."
                            + " Remove the separators at the end of the row, or end all rows of the drop with one.");
        }
        String surplus = String.join(" | ", beyond);
        return Problem.of(
                Code.RAGGED_ROW,
                found + "; the extra cells are: " + Utf8.excerpt(surplus, SHOWN)
                        + (workbook
                                ? ". Give each column a name in the header, or remove the extra cells."
                                : ". Put a cell that contains the separator in double quotes."));
    }
}
