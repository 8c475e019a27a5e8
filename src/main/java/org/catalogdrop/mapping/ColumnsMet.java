package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.model.Row;

/**
 * Tracks which columns of a mapping file no row of a JSON drop has had so far. Each row may leave out what is empty, but not all of them.
 * Used by one thread.
 */
public final class ColumnsMet {

    private static final int MOST_SHOWN = 50;

    private final Set<String> unmet;
    private final Set<String> shown = new LinkedHashSet<>();
    private List<String> last = List.of();
    private boolean paths;
    private boolean any;

    ColumnsMet(Set<String> wanted) {
        this.unmet = new LinkedHashSet<>(wanted);
        this.paths = wanted.stream().anyMatch(Nested::isPath);
    }

    /** Records the columns of a row. */
    public void row(Row row) {
        if (row.problem().isPresent()) {
            return;
        }
        any = true;
        if (unmet.isEmpty() || (row.columns() == last && !paths)) {
            return;
        }
        last = row.columns();
        ColumnPositions headers = new ColumnPositions(unmet);
        int[] at = headers.of(last);
        List<String> wanted = new ArrayList<>(unmet);
        for (int i = 0; i < at.length; i++) {
            if (at[i] >= 0 || Nested.cell(row, wanted.get(i)).isPresent()) {
                unmet.remove(wanted.get(i));
            }
        }
        paths = unmet.stream().anyMatch(Nested::isPath);
        show(row);
    }

    /**
     * Takes note of a row that is skipped: it has those columns by which it is.
     *
     * @param skipping the columns by which rows are skipped
     */
    public void skippedRow(Row row, Set<String> skipping) {
        List<String> wanted = unmet.stream().filter(skipping::contains).toList();
        int[] at = new ColumnPositions(new LinkedHashSet<>(wanted)).of(row.columns());
        for (int i = 0; i < at.length; i++) {
            if (at[i] >= 0 || Nested.cell(row, wanted.get(i)).isPresent()) {
                unmet.remove(wanted.get(i));
            }
        }
    }

    private void show(Row row) {
        for (int i = 0; i < row.columns().size() && i < row.cells().size() && shown.size() < MOST_SHOWN; i++) {
            String column = row.columns().get(i);
            if (row.cells().get(i) instanceof Map<?, ?> map && !map.isEmpty()) {
                map.keySet().forEach(key -> shown.add(column + "." + key));
            } else {
                shown.add(column);
            }
        }
    }

    /** Returns the columns that the rows have, those inside objects by their paths; only the first of them. */
    public List<String> shown() {
        return List.copyOf(shown);
    }

    /** Returns the columns that no row had, each with the one that may have been meant; none if no row could be read. */
    public List<String> missing() {
        return any
                ? unmet.stream()
                        .map(column -> Quoted.text(column) + Suggestions.hint(column, shown))
                        .toList()
                : List.of();
    }

    /** Returns whether no row had any of them. */
    public boolean isNoneMet(int columns) {
        return any && unmet.size() == columns;
    }
}
