package org.catalogdrop.input;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Row;

/**
 * The result of a pass over all rows before any of them is sent: the file can be read to its end.
 *
 * @param rows the number of rows, including those with a problem
 * @param problems the number of rows with a problem, by its code; codes without rows are left out
 */
public record RowSurvey(long rows, Map<Code, Long> problems) {

    public RowSurvey {
        problems = Map.copyOf(problems);
    }

    /**
     * Runs through all rows.
     *
     * @throws org.catalogdrop.model.DropRefused if the file cannot be read to its end
     */
    public static RowSurvey of(Iterator<Row> rows) {
        long count = 0;
        Map<Code, Long> problems = new EnumMap<>(Code.class);
        while (rows.hasNext()) {
            rows.next().problem().ifPresent(problem -> problems.merge(problem.code(), 1L, Long::sum));
            count++;
        }
        return new RowSurvey(count, problems);
    }
}
