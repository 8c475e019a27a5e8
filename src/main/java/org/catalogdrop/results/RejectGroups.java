package org.catalogdrop.results;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.draft.RejectAdvice;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/** Groups rejected rows by what is wrong with them: how many there are, an example, and what to change. Used by one thread. */
public final class RejectGroups {

    private static final int MOST_GROUPS = 200;
    private static final int MOST_VALUES = 200;

    private final Map<Place, Group> groups = new LinkedHashMap<>();
    private long rows;

    private record Place(Code code, String column) {}

    private static final class Group {
        private final Row first;
        private final Problem problem;
        private final Set<String> values = new LinkedHashSet<>();
        private long rows;

        private Group(Row first, Problem problem) {
            this.first = first;
            this.problem = problem;
        }
    }

    public void add(Row row, Problem problem) {
        rows++;
        Place place = new Place(problem.code(), problem.column());
        if (!groups.containsKey(place) && groups.size() == MOST_GROUPS) {
            return;
        }
        Group group = groups.computeIfAbsent(place, one -> new Group(row, problem));
        group.rows++;
        value(row, problem.column(), group);
    }

    private static void value(Row row, String column, Group group) {
        if (group.values.size() < MOST_VALUES) {
            RejectAdvice.text(row, column).ifPresent(group.values::add);
        }
    }

    public long rows() {
        return rows;
    }

    /** Returns a line for each group, the largest first. */
    public List<String> lines(MappingFile file) {
        List<String> lines = new ArrayList<>();
        groups.values().stream()
                .sorted((a, b) -> Long.compare(b.rows, a.rows))
                .forEach(group -> lines.add(line(file, group)));
        return lines;
    }

    private static String line(MappingFile file, Group group) {
        Problem problem = group.problem;
        String column = problem.column().isEmpty() ? "" : " in '" + NormalizedName.show(problem.column()) + "'";
        String cure = RejectAdvice.of(file, problem.code(), problem.column(), group.values)
                .map(what -> " To change in " + file.name() + ": " + what + ".")
                .orElse("");
        return Plural.of(group.rows, "row") + " with " + problem.code().word() + column + ", for example row "
                + group.first.number() + " (line " + group.first.line() + "): " + problem.message() + cure;
    }
}
