package org.catalogdrop.input;

import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Row;

/**
 * What a pass over all rows tells before any of them is sent: the file can be read to its end.
 *
 * @param rows how many rows there are, those with a problem included
 * @param problems how many rows have a problem, by its code; without codes that did not occur
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
