package org.catalogdrop.mapping.draft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.catalogdrop.mapping.Column;
import org.catalogdrop.mapping.NamedFields;
import org.catalogdrop.mapping.Nested;
import org.catalogdrop.mapping.Suggestions;
import org.catalogdrop.model.Account.Field;

/** Finds the fields of a list that the columns of a drop are for: exact names first, similar ones last. Used by one thread. */
final class DraftFields {

    /** Names around values in JSON that have no meaning of their own. */
    private static final Set<String> WRAPPERS = Set.of("attributes", "fields", "properties", "data", "item", "product");

    private static final Set<String> LEAVES =
            Set.of("value", "amount", "text", "name", "title", "label", "raw", "content", "number");

    /**
     * The field that a column is for.
     *
     * @param part the part of the field, if the column is for one; {@code enum} if it has ids of options
     * @param sure whether the column names the field exactly
     */
    record Target(Field field, String part, boolean sure) {}

    private final List<Field> fields;
    private final Map<String, Target> found = new LinkedHashMap<>();
    private final Set<Field> open;

    private DraftFields(List<Field> fields) {
        this.fields = fields;
        this.open = new LinkedHashSet<>(fields);
    }

    /** Returns the target of each column that has one. */
    static Map<String, Target> find(List<String> columns, List<Field> fields) {
        DraftFields search = new DraftFields(fields);
        columns.forEach(search::findStandard);
        search.findAll(columns, search::named);
        search.findAll(columns, search::ofConcept);
        search.findAll(columns, search::near);
        return search.found;
    }

    /** Returns the name of a column for comparison: without the names of objects around it that have no meaning. */
    static String name(String column) {
        if (!Nested.isPath(column)) {
            return column;
        }
        List<String> parts = new ArrayList<>(Arrays.asList(column.split("\\.")));
        while (parts.size() > 1 && WRAPPERS.contains(Suggestions.plain(parts.get(0)))) {
            parts.remove(0);
        }
        if (parts.size() > 1 && LEAVES.contains(Suggestions.plain(parts.get(parts.size() - 1)))) {
            parts.remove(parts.size() - 1);
        }
        return parts.size() == 1 || ProductWords.of(String.join(" ", parts)).isPresent()
                ? String.join(" ", parts)
                : parts.get(parts.size() - 1);
    }

    static boolean isStandard(String column) {
        return NamedFields.inner(column).regionMatches(true, 0, Column.FIELD, 0, Column.FIELD.length());
    }

    private void findStandard(String column) {
        if (!isStandard(column)) {
            return;
        }
        String rest = NamedFields.rest(NamedFields.inner(column));
        int colon = rest.lastIndexOf(':');
        Optional<Field> whole = named(rest);
        Optional<Field> field = whole.isPresent() || colon < 0
                ? whole
                : named(rest.substring(0, colon).strip());
        field.ifPresent(one -> {
            String part = whole.isPresent() ? "" : rest.substring(colon + 1).strip();
            boolean again = found.values().stream()
                    .anyMatch(other -> other.field().equals(one)
                            && (part.isEmpty()
                                    || other.part().isEmpty()
                                    || other.part().equalsIgnoreCase(part)));
            if (!again) {
                found.put(column, new Target(one, part, true));
                open.remove(one);
            }
        });
    }

    private void findAll(List<String> columns, Function<String, Optional<Field>> search) {
        for (String column : columns) {
            if (!found.containsKey(column) && !isStandard(column)) {
                search.apply(name(column)).filter(open::remove).ifPresent(field -> {
                    boolean alike = Suggestions.plain(field.name()).equals(Suggestions.plain(column))
                            || Suggestions.plain(field.code()).equals(Suggestions.plain(column));
                    found.put(column, new Target(field, "", alike));
                });
            }
        }
    }

    private Optional<Field> named(String name) {
        String plain = Suggestions.plain(name);
        return fields.stream()
                .filter(one -> Suggestions.plain(one.name()).equals(plain)
                        || (!one.code().isEmpty()
                                && Suggestions.plain(one.code()).equals(plain))
                        || Long.toString(one.id()).equals(plain))
                .findFirst();
    }

    private Optional<Field> ofConcept(String name) {
        return ProductWords.of(name).flatMap(concept -> open.stream()
                .filter(one -> concept.isField(one.code(), one.name()))
                .findFirst());
    }

    private Optional<Field> near(String name) {
        return Suggestions.of(name, open.stream().map(Field::name).toList())
                .flatMap(near ->
                        open.stream().filter(one -> one.name().equals(near)).findFirst());
    }
}
