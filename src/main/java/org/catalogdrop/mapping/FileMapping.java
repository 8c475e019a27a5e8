package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.mapping.Column.Kind;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.mapping.value.Apostrophes;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.Key;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Skip;
import org.catalogdrop.model.TargetList;
import org.catalogdrop.model.Upsert;
import org.catalogdrop.model.Verdict;
import org.roaringbitmap.RoaringBitmap;

/** Maps the rows of a drop as a mapping file says. Used for one pass, by one thread. */
public final class FileMapping implements Mapping {

    private final ColumnPositions headers;
    private final MappedRow.Parts parts;
    private final List<Group> fields;
    private final FixedColumns fixed;
    private final Set<String> replaced;
    private final Optional<KeyLocation> key;
    private final SkippedRows skippedRows;
    private final Apostrophes apostrophes = new Apostrophes();
    private final KeyNumbers keyNumbers = new KeyNumbers();
    private final RoaringBitmap taken = new RoaringBitmap();

    /**
     * A field and its sources, its parts in the order of the mapping file.
     *
     * @param replace whether an update erases the field's other values
     */
    record Group(String id, List<FieldPlan> plans, boolean replace) {}

    FileMapping(
            ColumnPositions headers,
            MappedRow.Parts parts,
            List<Group> fields,
            TargetList catalog,
            Optional<KeyLocation> key,
            SkippedRows skippedRows) {
        this.key = key;
        this.skippedRows = skippedRows;
        this.headers = headers;
        this.parts = parts;
        this.fields = fields;
        this.fixed = new FixedColumns(catalog);
        this.replaced = fields.stream().filter(Group::replace).map(Group::id).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the list for rows that name none. */
    public TargetList list() {
        return fixed.list();
    }

    @Override
    public boolean namesRequestIds(List<String> columns) {
        return parts.picks().containsKey(Kind.REQUEST_ID);
    }

    @Override
    public Verdict verdict(Row given) {
        Row row = headers.judge(given);
        MappedRow reading = new MappedRow(row, headers.of(row.columns()), parts);
        int requestId = fixed.requestId(reading);
        Optional<Problem> skipped = skippedRows.of(row, headers.of(row.columns()));
        apostrophes.note(row, headers::reads);
        parts.key().ifPresent(pick -> keyNumbers.note(row, pick, headers.of(row.columns())));
        if (skipped.isPresent()) {
            String requestIdText = requestId < 0 ? "" : Integer.toString(requestId);
            return new Skip(
                    row,
                    requestIdText,
                    skipped.get(),
                    key.filter(place -> place.missing().isPresent()).flatMap(place -> key(row, place)));
        }
        if (key.isPresent()) {
            Verdict verdict = upsert(reading, requestId, key.get());
            return verdict instanceof Reject reject ? reject.of(key(row, key.get())) : verdict;
        }
        Optional<Action> action = fixed.action(reading);
        Optional<Problem> unreadable = row.problem().or(reading::problem);
        if (unreadable.isPresent() || action.isEmpty()) {
            return StandardMapping.reject(row, requestId, action, unreadable.orElseThrow());
        }
        Operation operation = operation(reading, action.get(), requestId);
        if (!reading.failed() && !taken.checkedAdd(requestId)) {
            reading.fault(StandardMapping.doubleRequestId(reading, requestId));
        }
        return reading.failed()
                ? StandardMapping.reject(
                        row, requestId, action, reading.problem().orElseThrow())
                : operation;
    }

    /** Returns where the keys of the rows are in the account, if the rows are upserts. */
    @Override
    public Optional<KeyLocation> keyPlace() {
        return key;
    }

    private Verdict upsert(MappedRow reading, int requestId, KeyLocation place) {
        Row row = reading.row();
        Optional<Problem> unreadable = row.problem().or(reading::problem);
        if (unreadable.isPresent()) {
            return StandardMapping.reject(row, requestId, Optional.empty(), unreadable.get());
        }
        long catalog = fixed.catalog(reading);
        List<CustomField> filled = fields(reading, true);
        boolean named = place.field().equals(KeyLocation.NAME);
        String text = Key.plain(named ? fixed.text(reading, Kind.NAME) : keyIn(filled, place));
        if (text.isEmpty() && !reading.failed()) {
            reading.fault(
                    Code.KEY_MISSING, place.column(), "column %s is empty, but it is the key of the row. Fill it.");
        }
        String name = named ? Key.plain(name(reading, Action.ADD)) : name(reading, Action.ADD);
        long updatedAt = fixed.updatedAt(reading);
        if (!reading.failed() && !taken.checkedAdd(requestId)) {
            reading.fault(StandardMapping.doubleRequestId(reading, requestId));
        }
        return reading.failed()
                ? StandardMapping.reject(
                        row, requestId, Optional.empty(), reading.problem().orElseThrow())
                : new Upsert(
                        row,
                        requestId,
                        Key.compared(text),
                        catalog,
                        name,
                        updatedAt,
                        withKey(filled, place, text),
                        replaced);
    }

    /** Returns the name; empty if the file gives none, which is allowed if nothing is added: the element keeps its name. */
    private String name(MappedRow reading, Action action) {
        return parts.picks().containsKey(Kind.NAME) ? fixed.name(reading, action) : "";
    }

    /** Returns the fields with the key as it is sent. */
    private static List<CustomField> withKey(List<CustomField> fields, KeyLocation place, String text) {
        if (place.field().equals(KeyLocation.NAME) || keyIn(fields, place).equals(text)) {
            return fields;
        }
        return fields.stream()
                .map(field -> field.id().equals(place.field())
                        ? new CustomField(field.id(), List.of(new CustomField.Plain(text)))
                        : field)
                .toList();
    }

    /** Returns the key of a row that is rejected, so that its element does not count as missing; empty if it cannot be read. */
    private Optional<String> key(Row row, KeyLocation place) {
        if (row.problem().isPresent()) {
            return Optional.empty();
        }
        MappedRow reading = new MappedRow(row, headers.of(row.columns()), parts);
        String text = "";
        if (place.field().equals(KeyLocation.NAME)) {
            text = fixed.text(reading, Kind.NAME);
        } else {
            for (Group group : fields) {
                if (group.id().equals(place.field())) {
                    List<Value> values = all(group.plans(), reading, false);
                    text = keyIn(List.of(new CustomField(group.id(), values)), place);
                }
            }
        }
        return Optional.of(Key.compared(text)).filter(one -> !reading.failed() && !one.isEmpty());
    }

    private static String keyIn(List<CustomField> fields, KeyLocation place) {
        for (CustomField field : fields) {
            if (field.id().equals(place.field())
                    && field.values().size() == 1
                    && field.values().get(0) instanceof CustomField.Plain plain) {
                return plain.value();
            }
        }
        return "";
    }

    @Override
    public List<String> remarks() {
        return Stream.of(apostrophes.remarks(), keyNumbers.remarks())
                .flatMap(List::stream)
                .toList();
    }

    /** Returns none: columns that a mapping file does not read are left out on purpose. */
    @Override
    public Set<String> unknownColumns() {
        return Set.of();
    }

    private Operation operation(MappedRow reading, Action action, int requestId) {
        Row row = reading.row();
        return switch (action) {
            case ADD -> {
                fixed.refuseId(reading);
                long catalog = fixed.catalog(reading);
                String name = fixed.name(reading, action);
                yield new Operation.Add(row, requestId, catalog, name, fields(reading, false));
            }
            case UPDATE -> {
                long id = fixed.id(reading, action);
                long catalog = fixed.catalog(reading);
                String name = name(reading, action);
                long updatedAt = fixed.updatedAt(reading);
                List<CustomField> values = fields(reading, true);
                yield new Operation.Update(
                        row,
                        requestId,
                        id,
                        catalog,
                        name,
                        updatedAt,
                        values,
                        Optional.empty(),
                        replaced,
                        Optional.empty());
            }
            case DELETE ->
                new Operation.Delete(row, requestId, fixed.id(reading, action), fixed.list(reading), Optional.empty());
        };
    }

    /** @param clearing whether a field may have values to clear */
    private List<CustomField> fields(MappedRow reading, boolean clearing) {
        List<CustomField> filled = new ArrayList<>(fields.size());
        for (int i = 0; i < fields.size() && !reading.failed(); i++) {
            Group group = fields.get(i);
            List<FieldPlan> plans = group.plans();
            boolean inParts = clearing && !group.replace();
            List<Value> values =
                    plans.size() == 1 ? values(plans.get(0), reading, inParts) : all(plans, reading, inParts);
            if (!values.isEmpty() || (clearing && plans.stream().anyMatch(FieldPlan::clears))) {
                filled.add(new CustomField(group.id(), values));
            }
        }
        return filled;
    }

    private static List<Value> all(List<FieldPlan> plans, MappedRow reading, boolean inParts) {
        List<Value> values = new ArrayList<>(plans.size());
        for (FieldPlan plan : plans) {
            values.addAll(values(plan, reading, inParts));
        }
        return values;
    }

    /** @param inParts whether a part that is to be cleared is returned, so that the others can stay */
    private static List<Value> values(FieldPlan plan, MappedRow reading, boolean inParts) {
        List<Value> values = plan.values(reading);
        return values.isEmpty() && inParts ? plan.cleared() : values;
    }

    /**
     * JSON numbers that are keys and are written in another notation in the drop. An element whose key has that notation, from a load of
     * an earlier version or by hand, is not found by such a number, so this is reported once.
     */
    static final class KeyNumbers {

        private Optional<String> first = Optional.empty();

        void note(Row row, ValuePick.KeyCell pick, int[] at) {
            if (first.isEmpty() && !row.problem().isPresent()) {
                String written = pick.cell().cell(row, at).toString();
                String key = pick.cell(row, at).toString();
                if (!key.equals(written)) {
                    first = Optional.of("column " + NormalizedName.show(pick.column())
                            + " has numbers as keys, which are read without exponent and without zeros at the end: "
                            + Quoted.text(written) + " in row " + row.number() + " is the key " + Quoted.text(key)
                            + ". If the list has keys as they are written there, write them as texts, in quotes");
                }
            }
        }

        /** Returns a sentence for the operator; none if there is nothing to report. */
        List<String> remarks() {
            return first.stream().toList();
        }
    }
}
