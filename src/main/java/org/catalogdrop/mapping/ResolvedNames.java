package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.mapping.value.Quoted;

/**
 * The ids of the names in a mapping file, or in the columns of a drop, in an account. They are kept, so that a resumed drop means what it
 * meant when it began, and so that a change of the account is noticed. Immutable.
 *
 * @param values ids by kind and name, which are separated by a tab
 */
public record ResolvedNames(Map<String, String> values) {

    /** The value for a mapping file without names. */
    public static final ResolvedNames NONE = new ResolvedNames(Map.of());

    private static final String TAB = "\t";
    private static final String ACCOUNT = "account";
    private static final String ZONE = "zone";
    private static final String CATALOG = "catalog";
    private static final String FIELD = "field";
    private static final String TYPE = "type";
    private static final String OPTION = "option";
    private static final String COLUMN = "column";

    /** Collects names. */
    static final class Notes {

        private final Map<String, String> values = new LinkedHashMap<>();

        void account(String id) {
            values.put(ACCOUNT, id);
        }

        void zone(String zone) {
            values.put(ZONE, zone);
        }

        void catalog(String name, long id) {
            values.put(CATALOG + TAB + name, Long.toString(id));
        }

        void field(String name, long id, int type) {
            values.put(FIELD + TAB + name, Long.toString(id));
            values.put(TYPE + TAB + id, Integer.toString(type));
        }

        /** Adds a standard column that names its field, and the same column with the field's id. */
        void column(String name, String byId) {
            values.put(COLUMN + TAB + name, byId);
        }

        /** Adds an option. Options with one label are kept together, so that an ambiguous label is noticed. */
        void option(long field, String label, long id) {
            values.merge(OPTION + TAB + field + TAB + label, Long.toString(id), (a, b) -> a + " " + b);
        }

        ResolvedNames names() {
            return new ResolvedNames(Map.copyOf(values));
        }
    }

    /** Returns the account to which they belong; empty if there are no names. */
    public String account() {
        return values.getOrDefault(ACCOUNT, "");
    }

    Optional<String> zone() {
        return Optional.ofNullable(values.get(ZONE));
    }

    Optional<String> catalog(String name) {
        return Optional.ofNullable(values.get(CATALOG + TAB + name));
    }

    public Optional<String> field(String name) {
        return Optional.ofNullable(values.get(FIELD + TAB + name));
    }

    /** Returns a standard column with the id of the field that it names; the column itself if it names none. */
    String column(String name) {
        if (values.isEmpty()) {
            return name;
        }
        String byId = values.get(COLUMN + TAB + NamedFields.inner(name));
        return byId == null ? name : Column.isCondition(name) ? Column.CONDITION + byId : byId;
    }

    /** Returns the API's number for a field's type; 0 if it is not known. */
    int type(String fieldId) {
        return Integer.parseInt(values.getOrDefault(TYPE + TAB + fieldId, "0"));
    }

    /** Returns option ids by label; several, separated by a space, if several options have the label. */
    Map<String, String> options(String fieldId) {
        String start = OPTION + TAB + fieldId + TAB;
        Map<String, String> options = new LinkedHashMap<>();
        values.forEach((key, id) -> {
            if (key.startsWith(start)) {
                options.put(key.substring(start.length()), id);
            }
        });
        return options;
    }

    /** Returns what is different in the account now, one sentence each. New things, and names that are no longer used, are no change. */
    public List<String> changes(ResolvedNames now) {
        List<String> changes = new ArrayList<>();
        values.forEach((key, before) -> {
            String after = now.values.getOrDefault(key, "");
            if (!after.equals(before) && now.asksFor(key)) {
                changes.add(describe(key) + " was " + before + " and "
                        + (after.isEmpty() ? "no longer exists" : "is " + after + " now"));
            }
        });
        changes.sort(null);
        return changes;
    }

    private boolean asksFor(String key) {
        String[] parts = key.split(TAB, 3);
        return parts[0].equals(OPTION) ? values.containsKey(TYPE + TAB + parts[1]) : values.containsKey(key);
    }

    private String describe(String key) {
        String[] parts = key.split(TAB, 3);
        return switch (parts[0]) {
            case CATALOG -> "list " + Quoted.text(parts[1]);
            case FIELD -> "field " + Quoted.text(parts[1]);
            case TYPE -> "the type of field " + parts[1];
            case OPTION -> "option " + Quoted.text(parts[2]) + " of field " + parts[1];
            default -> "the " + parts[0];
        };
    }
}
