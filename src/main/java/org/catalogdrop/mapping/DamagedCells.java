package org.catalogdrop.mapping;

import java.util.Optional;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/** Rejects a row for a damaged cell, if its column is read. */
final class DamagedCells {

    private DamagedCells() {}

    /**
     * Returns the row, with the problem of its first damaged cell if it has one.
     *
     * @param read the positions of the columns that are read; -1 for one that the row does not have
     */
    static Row judge(Row row, int[] read) {
        int first = Integer.MAX_VALUE;
        for (int at : read) {
            if (at >= 0 && at < first && at < row.cells().size() && row.cells().get(at) instanceof Row.Damaged) {
                first = at;
            }
        }
        return first == Integer.MAX_VALUE || row.problem().isPresent()
                ? row
                : with(row, ((Row.Damaged) row.cells().get(first)).problem());
    }

    static Row with(Row row, Problem problem) {
        return new Row(row.number(), row.line(), row.columns(), row.cells(), Optional.of(problem));
    }
}
