package org.catalogdrop.mapping;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.catalogdrop.mapping.Column.Kind;
import org.catalogdrop.mapping.value.Apostrophes;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Precondition;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.TargetList;
import org.catalogdrop.model.Verdict;
import org.roaringbitmap.RoaringBitmap;

/**
 * Reads the standard columns of {@code docs/drops.md}. An instance is used for one pass over one drop, from its first row and in order:
 * it keeps the request_ids of the rows it accepted, so that a later pass comes to the same verdicts. Not safe for many threads.
 */
public final class StandardMapping implements Mapping {

    private final FixedColumns fixed;
    private final LayoutCache layouts;
    private final Apostrophes apostrophes = new Apostrophes();
    // About 1 MB for 10 million ids in sequence, some 20 MB for as many at random.
    private final RoaringBitmap taken = new RoaringBitmap();

    /** @param defaultCatalog the list for rows that name none */
    public StandardMapping(OptionalLong defaultCatalog) {
        this(defaultCatalog, ResolvedNames.NONE);
    }

    /**
     * Makes a mapping for columns that name their field.
     *
     * @param defaultCatalog the list for rows that name none
     * @param names the ids of these names
     */
    public StandardMapping(OptionalLong defaultCatalog, ResolvedNames names) {
        layouts = new LayoutCache(names);
        fixed = new FixedColumns(
                defaultCatalog.isPresent() ? TargetList.assumed(defaultCatalog.getAsLong()) : TargetList.UNKNOWN);
    }

    /**
     * Returns what a row asks for. A row with a problem is a reject with that problem; otherwise the first fault decides. Only an
     * operation occupies its request_id: a rejected row leaves it free for a later one.
     */
    @Override
    public Verdict verdict(Row given) {
        Layout layout = layouts.of(given.columns());
        Row row = DamagedCells.judge(given, layout.read());
        if (layout.condition().isEmpty()) {
            apostrophes.note(
                    row, name -> Column.of(name).kind() != Kind.UNKNOWN && !VerbatimCells.isNamed(row, layout, name));
        }
        RowCells reading = new RowCells(row, layout);
        int requestId = fixed.requestId(reading);
        Optional<Action> action = fixed.action(reading);
        Optional<Problem> unreadable = row.problem().or(layout::problem).or(reading::problem);
        if (unreadable.isPresent() || action.isEmpty()) {
            return reject(row, requestId, action, unreadable.orElseThrow());
        }
        Operation operation = operation(reading, action.get(), requestId);
        if (!reading.failed() && !taken.checkedAdd(requestId)) {
            reading.fault(doubleRequestId(reading, requestId));
        }
        return reading.failed()
                ? reject(row, requestId, action, reading.problem().orElseThrow())
                : operation;
    }

    @Override
    public boolean namesRequestIds(List<String> columns) {
        return columns.stream().anyMatch(name -> Column.of(name).kind() == Kind.REQUEST_ID);
    }

    /** Returns those of these columns that have no meaning. */
    public static List<String> unknown(List<String> columns) {
        return columns.stream()
                .filter(name -> Column.of(name).kind() == Kind.UNKNOWN)
                .toList();
    }

    /** Returns whether a drop has columns of a condition, which only standard columns can have. */
    public static boolean isConditional(List<String> columns) {
        return columns.stream().anyMatch(Column::isCondition);
    }

    /** Returns the names of columns without a meaning seen so far, the first 50 of them, in order; their cells are ignored. */
    @Override
    public Set<String> unknownColumns() {
        return layouts.unknown();
    }

    @Override
    public List<String> remarks() {
        return apostrophes.remarks();
    }

    private Operation operation(RowCells reading, Action action, int requestId) {
        Row row = reading.row();
        return switch (action) {
            case ADD -> {
                fixed.refuseId(reading);
                long catalog = fixed.catalog(reading);
                yield new Operation.Add(row, requestId, catalog, fixed.name(reading, action), fields(reading));
            }
            case UPDATE -> {
                long id = fixed.id(reading, action);
                long catalog = fixed.catalog(reading);
                String name = fixed.name(reading, action);
                long updatedAt = fixed.updatedAt(reading);
                Set<String> replaced = PreconditionColumns.replaced(reading);
                List<CustomField> fields = replaced.isEmpty() || reading.failed()
                        ? fields(reading)
                        : CustomFieldReader.of(reading, replaced);
                Optional<Precondition> was = PreconditionColumns.of(reading);
                yield new Operation.Update(
                        row, requestId, id, catalog, name, updatedAt, fields, Optional.empty(), replaced, was);
            }
            case DELETE -> {
                long id = fixed.id(reading, action);
                yield new Operation.Delete(row, requestId, id, fixed.list(reading), PreconditionColumns.of(reading));
            }
        };
    }

    private static List<CustomField> fields(RowCells reading) {
        return reading.failed() ? List.of() : CustomFieldReader.of(reading);
    }

    static Reject reject(Row row, int requestId, Optional<Action> action, Problem problem) {
        String told = requestId < 0 ? "" : Integer.toString(requestId);
        return new Reject(row, told, action.map(Action::word).orElse(""), problem);
    }

    static Problem doubleRequestId(RowCells reading, int requestId) {
        String column = reading.column(Kind.REQUEST_ID);
        String whose = reading.text(Kind.REQUEST_ID, Code.BAD_REQUEST_ID).isBlank() ? " (this row's number)" : "";
        return new Problem(
                Code.DOUBLE_REQUEST_ID,
                column,
                ("request_id %d%s is also that of an earlier row of this drop, but each row needs its own. Give this one"
                                + " another.")
                        .formatted(requestId, whose));
    }

    /** The layouts seen so far. CSV rows share one list of columns; JSON rows have a few shapes, rarely many. */
    static final class LayoutCache {

        private static final int MOST_LAYOUTS = 200;
        private static final int MOST_UNKNOWN = 50;

        private final Map<List<String>, Layout> layouts = new HashMap<>();
        private final Set<String> unknown = new LinkedHashSet<>();
        private List<String> lastColumns = List.of();
        private final ResolvedNames names;
        private Layout last;

        /** @param names the ids of columns that name their field */
        LayoutCache(ResolvedNames names) {
            this.names = names;
            this.last = Layout.of(List.of(), unknown, names);
        }

        Layout of(List<String> columns) {
            // By identity, for the speed that a million CSV rows need.
            if (columns != lastColumns) {
                last = lookUp(columns);
                lastColumns = columns;
            }
            return last;
        }

        Set<String> unknown() {
            return Collections.unmodifiableSet(new LinkedHashSet<>(unknown));
        }

        private Layout lookUp(List<String> columns) {
            Layout known = layouts.get(columns);
            if (known != null) {
                return known;
            }
            Set<String> unknownHere = new LinkedHashSet<>();
            Layout layout = Layout.of(columns, unknownHere, names);
            for (String name : unknownHere) {
                if (unknown.size() < MOST_UNKNOWN) {
                    unknown.add(name);
                }
            }
            if (layouts.size() == MOST_LAYOUTS) {
                layouts.clear(); // a drop whose rows all differ must not fill the memory
            }
            layouts.put(List.copyOf(columns), layout);
            return layout;
        }
    }
}
