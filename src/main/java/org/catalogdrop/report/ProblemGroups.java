package org.catalogdrop.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;

/** Groups rows that were not accepted by outcome, code and column. Its memory has a limit, whatever the drop. Used by one thread at a time. */
public final class ProblemGroups {

    static final int EXAMPLES = 3;

    /** The most groups; of further groups only the rows are counted. */
    private static final int LARGEST = 100;

    private static final int LONGEST_MESSAGE = 600;

    private record Cause(Status status, Code code, String column) {}

    private static final class Group {

        private final String message;
        private final List<RowExample> examples = new ArrayList<>(EXAMPLES);
        private long count;

        private Group(String message) {
            this.message = message;
        }
    }

    private final Map<Cause, Group> groups = new LinkedHashMap<>();
    private long others;

    /** Takes the outcome of a row; accepted rows change nothing. */
    public void add(Outcome outcome) {
        outcome.problem().ifPresent(problem -> add(outcome, problem));
    }

    private void add(Outcome outcome, Problem problem) {
        Cause cause = new Cause(outcome.status(), problem.code(), DisplayText.of(problem.column()));
        Group group = groups.get(cause);
        if (group == null) {
            if (groups.size() == LARGEST) {
                others++;
                return;
            }
            group = new Group(DisplayText.of(problem.message(), LONGEST_MESSAGE));
            groups.put(cause, group);
        }
        group.count++;
        if (group.examples.size() < EXAMPLES) {
            Row row = outcome.row();
            group.examples.add(new RowExample(row.number(), row.line(), cell(row, problem.column())));
        }
    }

    private static String cell(Row row, String column) {
        int place = row.columns().indexOf(column);
        return place < 0 || place >= row.cells().size()
                ? ""
                : DisplayText.of(String.valueOf(row.cells().get(place)));
    }

    /** Returns the groups, the one with the most rows first. */
    public List<ProblemGroup> groups() {
        return groups.entrySet().stream()
                .map(entry -> new ProblemGroup(
                        entry.getKey().status(),
                        entry.getKey().code(),
                        entry.getKey().column(),
                        entry.getValue().count,
                        entry.getValue().message,
                        List.copyOf(entry.getValue().examples)))
                .sorted(Comparator.comparingLong(ProblemGroup::count).reversed())
                .toList();
    }

    /** Returns how many rows are in no group, because there would be too many groups. */
    public long others() {
        return others;
    }
}
