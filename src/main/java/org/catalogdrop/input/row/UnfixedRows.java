package org.catalogdrop.input.row;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RejectMark;
import org.catalogdrop.model.Row;

/**
 * Finds rows of a rejects file that nobody fixed and that must not be loaded as they are, and cells that are still as damaged as in the
 * drop. Used by one thread.
 */
final class UnfixedRows {

    private List<String> known = List.of();
    private int code = -1;
    private int column = -1;
    private int message = -1;

    /** Returns the row, rejected again for its {@code _code} if that {@linkplain Code#staysRejected() stays rejected}. */
    Row judge(Row row) {
        if (row.columns() != known) {
            learn(row.columns());
        }
        if (code < 0 || cell(row, code).isBlank()) {
            return row;
        }
        String reason = cell(row, message);
        Row damaged = damaged(row, reason.strip());
        return row.problem().isPresent()
                ? damaged
                : RejectMark.read(cell(row, code), reason, row.columns(), row.cells())
                        .map(still -> rejectedAgain(damaged, still, reason.strip()))
                        .orElse(damaged);
    }

    /** Returns the row with its cells that are still damaged. Its mapping rejects it if it reads one of them. */
    private Row damaged(Row row, String reason) {
        Map<Integer, Code> still = RejectMark.readCells(reason, row.columns(), row.cells());
        if (still.isEmpty()) {
            return row;
        }
        List<Object> cells = new ArrayList<>(row.cells());
        still.forEach((at, why) -> {
            if (at < cells.size() && !(cells.get(at) instanceof Row.Damaged)) {
                String name = row.columns().get(at);
                boolean isOwn = cell(row, column).equals(name)
                        && cell(row, code).strip().equals(why.word());
                String words = isOwn ? RejectMark.withoutMark(reason) : RejectMark.advise(name, why);
                cells.set(at, new Row.Damaged(cells.get(at), new Problem(why, name, words)));
            }
        });
        return new Row(row.number(), row.line(), row.columns(), cells, row.problem());
    }

    private Row rejectedAgain(Row row, Code still, String reason) {
        String why = reason.isEmpty()
                ? "the row was rejected as " + still.word() + " and has not been changed since."
                // The cells are as many as the header has by now, so the mark could not be made again.
                : still == Code.RAGGED_ROW ? reason : RejectMark.withoutMark(reason);
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

    /** Finds the columns of the reason. All rows of CSV share one list of columns. */
    private void learn(List<String> columns) {
        known = columns;
        List<String> names = columns.stream().map(ColumnRules::ofRejects).toList();
        code = names.indexOf(ColumnRules.CODE);
        column = names.indexOf(ColumnRules.COLUMN);
        message = names.indexOf(ColumnRules.MESSAGE);
    }
}
