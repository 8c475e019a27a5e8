package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.catalogdrop.mapping.Column.Kind;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/** The meaning of a list of columns, computed once for all rows that have it. Immutable. */
final class Layout {

    private final int[] fixed = new int[Kind.values().length];
    private final int[] read;
    private final List<FieldColumns> fields;
    private final Optional<Problem> problem;
    private final Optional<Layout> condition;
    private final ResolvedNames fieldNames;

    /** One column of a custom field. */
    record Part(int index, String name, Column column) {}

    /** The columns of one custom field, in column order. */
    record FieldColumns(String id, List<Part> parts, Optional<Part> value, Optional<Part> options) {}

    private Layout(List<String> names, Collection<String> unknown, ResolvedNames fieldNames) {
        this.fieldNames = fieldNames;
        Arrays.fill(fixed, -1);
        Map<String, List<Part>> byField = new LinkedHashMap<>();
        Problem first = null;
        boolean conditional = false;
        for (int i = 0; i < names.size(); i++) {
            Part part = new Part(i, names.get(i), Column.of(fieldNames.column(names.get(i))));
            Kind kind = part.column().kind();
            boolean twice = false;
            if (kind.isOfField()) {
                List<Part> parts = byField.computeIfAbsent(part.column().fieldId(), id -> new ArrayList<>());
                twice = parts.stream().anyMatch(other -> other.column().equals(part.column()));
                parts.add(part);
            } else if (kind == Kind.UNKNOWN) {
                unknown.add(part.name());
            } else if (kind == Kind.WAS) {
                conditional = true;
            } else if (kind != Kind.IGNORED && kind != Kind.MALFORMED) {
                twice = fixed[kind.ordinal()] >= 0;
                fixed[kind.ordinal()] = i;
            }
            if (first == null && (twice || kind == Kind.MALFORMED)) {
                first = twice ? twice(part.name()) : malformed(part.name());
            }
        }
        read = IntStream.range(0, names.size())
                .filter(i -> !isUnread(names.get(i)))
                .toArray();
        condition =
                conditional ? Optional.of(new Layout(Column.conditions(names), unknown, fieldNames)) : Optional.empty();
        problem = Optional.ofNullable(first).or(() -> condition.flatMap(Layout::problem));
        fields = byField.entrySet().stream()
                .map(field -> fieldColumns(field.getKey(), field.getValue()))
                .toList();
    }

    /** Returns the layout of these columns; names without a meaning are added to {@code unknown}. */
    static Layout of(List<String> names, Collection<String> unknown, ResolvedNames fieldNames) {
        return new Layout(names, unknown, fieldNames);
    }

    /** Returns the index of a column that is not a custom field; -1 if there is none. */
    int index(Kind kind) {
        return fixed[kind.ordinal()];
    }

    private static boolean isUnread(String name) {
        Kind kind = Column.of(name).kind();
        return kind == Kind.UNKNOWN || kind == Kind.IGNORED;
    }

    /** Returns the id of a field given by its id, or by a name in a column of the drop; empty if it is neither. */
    Optional<String> fieldId(String told) {
        return UnsignedNumber.of(told) > 0 ? Optional.of(told) : fieldNames.field(told);
    }

    /** Returns the positions of the columns that have a meaning. */
    int[] read() {
        return read;
    }

    /** Returns the fields, in the order of their first column. */
    List<FieldColumns> fields() {
        return fields;
    }

    /** Returns the columns of the condition, at their positions; all others have no name there. */
    Optional<Layout> condition() {
        return condition;
    }

    /** Returns a fault of the columns, which every row with them has. */
    Optional<Problem> problem() {
        return problem;
    }

    private static FieldColumns fieldColumns(String id, List<Part> parts) {
        return new FieldColumns(id, List.copyOf(parts), first(parts, Kind.VALUE), first(parts, Kind.ENUM));
    }

    private static Optional<Part> first(List<Part> parts, Kind kind) {
        return parts.stream().filter(part -> part.column().kind() == kind).findFirst();
    }

    static Problem twice(String name) {
        return new Problem(
                Code.DOUBLE_COLUMN,
                name,
                "column %s means the same as an earlier column of the row. Remove one of them and drop the rows again."
                        .formatted(Quoted.text(name)));
    }

    private static Problem malformed(String name) {
        return new Problem(
                Code.BAD_COLUMN,
                name,
                ("column %s names no custom field; expected cf:ID, cf:ID:enum or cf:ID:SUBTYPE with the field's number,"
                                + " name or code for ID, as in cf:4400050, or cf:replace; behind _was: also name. Rename the column, or remove 'cf:'"
                                + " or '_was:' so that it is ignored.")
                        .formatted(Quoted.text(name)));
    }
}
