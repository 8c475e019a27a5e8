package org.catalogdrop.input.row;

import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RejectMark;
import org.catalogdrop.model.Row;

/** Finds rows of a rejects file that nobody fixed and that must not be loaded as they are. For one thread. */
final class UnfixedRows {

    private List<String> known = List.of();
    private int code = -1;
    private int column = -1;
    private int message = -1;

    /** Returns the row; rejected again for what its {@code _code} says, if that {@linkplain Code#staysRejected() stays so}. */
    Row judge(Row row) {
        if (row.columns() != known) {
            learn(row.columns());
        }
        if (code < 0 || row.problem().isPresent()) {
            return row;
        }
        String told = cell(row, message);
        return RejectMark.read(cell(row, code), told, row.columns(), row.cells())
                .map(still -> rejectedAgain(row, still, told.strip()))
                .orElse(row);
    }

    private Row rejectedAgain(Row row, Code still, String told) {
        String why =
                told.isEmpty() ? "the row was rejected as " + still.word() + " and has not been changed since." : told;
        Problem problem = new Problem(still, cell(row, column), why);
        return new Row(
                row.number(),
                row.line(),
                row.columns(),
                row.cells(),
                Optional.of(
                        new Problem(still, problem.column(), RejectMark.write(problem, row.columns(), row.cells()))));
    }

    private static String cell(Row row, int index) {
        return index < 0 || index >= row.cells().size()
                ? ""
                : row.cells().get(index).toString();
    }

    /** All rows of CSV share one list of columns. */
    private void learn(List<String> columns) {
        known = columns;
        List<String> names = columns.stream().map(ColumnRules::ofRejects).toList();
        code = names.indexOf(ColumnRules.CODE);
        column = names.indexOf(ColumnRules.COLUMN);
        message = names.indexOf(ColumnRules.MESSAGE);
    }
}
