package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.catalogdrop.mapping.Column.Kind;
import org.catalogdrop.mapping.value.OutgoingText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;

/**
 * Reads the API's own {@code custom_fields} of a JSON row, in the form in which the API takes them or returns them. Values with a form of
 * their own in the model get that; others (legal entities, items) pass unchanged.
 */
final class ApiFields {

    private static final Set<String> SCALAR_KEYS = Set.of("value", "enum", "subtype");

    private final RowCells reading;
    private final String column;

    private ApiFields(RowCells reading) {
        this.reading = reading;
        this.column = reading.column(Kind.CUSTOM_FIELDS);
    }

    /** Appends to the fields of the {@code cf:} columns. */
    static void read(RowCells reading, List<CustomField> fields) {
        Object cell = reading.cell(Kind.CUSTOM_FIELDS);
        if (!(cell instanceof String text && text.isBlank())) {
            new ApiFields(reading).readAll(cell, fields);
        }
    }

    private void readAll(Object cell, List<CustomField> fields) {
        if (!(cell instanceof List<?> list)) {
            bad(
                    column,
                    "must be a JSON array of objects like {\"id\":…,\"values\":[…]} (a CSV has cf:ID columns)",
                    cell);
            return;
        }
        Set<String> inColumns = new HashSet<>();
        fields.forEach(field -> inColumns.add(field.id()));
        Set<String> here = new HashSet<>();
        for (int i = 0; i < list.size() && !reading.failed(); i++) {
            String place = column + "[" + i + "]";
            if (list.get(i) instanceof Map<?, ?> field) {
                String id = id(place, field);
                if (inColumns.contains(id)) {
                    fault(place + " sets field " + id + ", and so does a column cf:" + id + ". Remove one of them.");
                } else if (!here.add(id)) {
                    fault(place + " sets field " + id + " a second time. Put all its values into one place.");
                }
                fields.add(new CustomField(id, values(place, field)));
            } else {
                bad(place, "must be an object like {\"id\":…,\"values\":[…]}", list.get(i));
            }
        }
    }

    private String id(String place, Map<?, ?> field) {
        Object id = field.get("id");
        boolean scalar = id instanceof String || id instanceof Row.Literal;
        String text = scalar ? id.toString().strip() : "";
        if (UnsignedNumber.of(text) > 0) {
            return text;
        }
        if (id != null) {
            bad(place + ".id", "must be the field's id, a whole number from 1", id);
        } else {
            String found = field.containsKey("code") ? "code" : field.containsKey("name") ? "name" : "neither";
            fault(place + " has no id. Expected the id of the field, not its code or name (found " + found + ").");
        }
        return text;
    }

    private List<Value> values(String place, Map<?, ?> field) {
        if (!(field.get("values") instanceof List<?> list)) {
            Object found = field.get("values");
            bad(place + ".values", "must be a list", found == null ? "" : found);
            return List.of();
        }
        List<Value> values = new ArrayList<>(list.size());
        for (int i = 0; i < list.size() && !reading.failed(); i++) {
            Object cell = list.get(i);
            checkTexts(cell);
            values.add(value(place + ".values[" + i + "]", cell));
        }
        return values;
    }

    private Value value(String place, Object cell) {
        if (cell instanceof Map<?, ?> map) {
            return ofObject(map);
        }
        if (cell instanceof List<?>) {
            return new CustomField.Raw(cell); // items come back one level deeper
        }
        String option = cell.toString().strip();
        if (!UnsignedNumber.isDigits(option)) {
            bad(place, "must be an option id, digits, or an object like {\"value\":…}", cell);
        }
        return new CustomField.Option(option);
    }

    private static Value ofObject(Map<?, ?> map) {
        String enumId = part(map, "enum");
        String subtype = part(map, "subtype");
        boolean nested = map.values().stream().anyMatch(cell -> cell instanceof Map<?, ?> || cell instanceof List<?>);
        boolean valued = map.containsKey("value") && !Row.isNull(map.get("value"));
        if (nested || !valued || !SCALAR_KEYS.containsAll(map.keySet()) || !(enumId.isEmpty() || subtype.isEmpty())) {
            return new CustomField.Raw(map);
        }
        String value = OutgoingText.of(map.get("value"));
        if (!enumId.isEmpty()) {
            return new CustomField.WithEnum(value, enumId);
        }
        return subtype.isEmpty() ? new CustomField.Plain(value) : new CustomField.WithSubtype(value, subtype);
    }

    private static String part(Map<?, ?> map, String key) {
        Object cell = map.get(key);
        return cell == null || Row.isNull(cell) ? "" : cell.toString();
    }

    private void checkTexts(Object cell) {
        if (cell instanceof String text) {
            reading.outgoing(column, text);
        } else if (cell instanceof List<?> list) {
            list.forEach(this::checkTexts);
        } else if (cell instanceof Map<?, ?> map) {
            map.keySet().forEach(this::checkTexts);
            map.values().forEach(this::checkTexts);
        }
    }

    private void bad(String place, String expected, Object found) {
        fault(place + " " + expected + "; found " + Quoted.cell(found) + ".");
    }

    private void fault(String message) {
        reading.fault(new Problem(Code.BAD_FIELD, column, message + " Correct it."));
    }
}
