package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.mapping.Column.Kind;
import org.catalogdrop.mapping.Layout.FieldColumns;
import org.catalogdrop.mapping.Layout.Part;
import org.catalogdrop.mapping.value.MultiValueCell;
import org.catalogdrop.mapping.value.OutgoingText;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.Row;

/** Reads the custom fields of a row: its {@code cf:} columns, then its {@code custom_fields}. */
final class CustomFieldReader {

    private CustomFieldReader() {}

    static List<CustomField> of(RowCells reading) {
        List<FieldColumns> columns = reading.layout().fields();
        List<CustomField> fields = new ArrayList<>(columns.size());
        for (FieldColumns field : columns) {
            List<Value> values = values(reading, field);
            if (!values.isEmpty()) {
                fields.add(new CustomField(field.id(), values));
            }
        }
        if (reading.layout().index(Kind.CUSTOM_FIELDS) >= 0) {
            ApiFields.read(reading, fields);
        }
        return fields;
    }

    /** Returns the fields, with those that are to be emptied: fields to be replaced for which the row gives nothing. */
    static List<CustomField> of(RowCells reading, Set<String> replaced) {
        List<CustomField> fields = of(reading);
        for (String id : replaced) {
            if (fields.stream().noneMatch(field -> field.id().equals(id))) {
                fields.add(new CustomField(id, List.of()));
            }
        }
        return fields;
    }

    private static List<Value> values(RowCells reading, FieldColumns field) {
        List<String> texts = texts(reading, field.value());
        List<String> options = texts(reading, field.options());
        if (field.parts().size() == 1 && texts.size() == 1) {
            return List.of(new CustomField.Plain(texts.get(0))); // by far the most
        }
        List<Value> values = new ArrayList<>();
        for (Part part : field.parts()) {
            if (part.column().kind() == Kind.SUBTYPE) {
                for (String text : texts(reading, Optional.of(part))) {
                    values.add(new CustomField.WithSubtype(text, part.column().subtype()));
                }
            } else if (part.column().kind() == Kind.VALUE) {
                addTexts(reading, field, texts, options, values);
            } else if (texts.isEmpty()) {
                addOptions(reading, part, options, values);
            }
        }
        return values;
    }

    private static void addTexts(
            RowCells reading, FieldColumns field, List<String> texts, List<String> options, List<Value> values) {
        boolean paired = !options.isEmpty() && !texts.isEmpty();
        if (paired && options.size() != texts.size()) {
            String column = field.options().orElseThrow().name();
            reading.fault(
                    Code.ENUM_COUNT,
                    column,
                    "column %s has %d entries, but column %s has %d values; each value needs its own (empty for none). Correct it.",
                    options.size(),
                    Quoted.text(field.value().orElseThrow().name()),
                    texts.size());
            return;
        }
        for (int i = 0; i < texts.size(); i++) {
            String kind = paired ? options.get(i).strip() : "";
            values.add(
                    kind.isEmpty()
                            ? new CustomField.Plain(texts.get(i))
                            : new CustomField.WithEnum(texts.get(i), kind));
        }
    }

    private static void addOptions(RowCells reading, Part part, List<String> options, List<Value> values) {
        for (String option : options) {
            String id = option.strip();
            if (!UnsignedNumber.isDigits(id)) {
                reading.fault(
                        Code.BAD_FIELD,
                        part.name(),
                        "column %s must be option ids, digits, separated by | (a word needs a value beside it, in cf:%s); found %s. Correct it.",
                        part.column().fieldId(),
                        Quoted.text(option));
            }
            Value chosen = new CustomField.Option(id);
            if (!values.contains(chosen)) { // chosen twice is chosen
                values.add(chosen);
            }
        }
    }

    /** Returns the checked texts of a cell; none if it is empty. */
    private static List<String> texts(RowCells reading, Optional<Part> column) {
        if (column.isEmpty()) {
            return List.of();
        }
        Part part = column.get();
        Object cell = reading.cell(part.index());
        List<String> texts;
        if (cell instanceof List<?> list) {
            texts = listTexts(reading, part, list);
        } else if (cell instanceof Map<?, ?>) {
            badEntry(reading, part, cell);
            return List.of();
        } else {
            reading.refuseLostDigits(part.name(), cell);
            String text = scalar(cell, part.column().kind());
            boolean none = part.column().kind() == Kind.ENUM ? text.isBlank() : text.isEmpty();
            texts = none ? List.of() : MultiValueCell.split(text);
        }
        for (String text : texts) {
            reading.outgoing(part.name(), text);
        }
        return texts;
    }

    private static List<String> listTexts(RowCells reading, Part part, List<?> list) {
        List<String> texts = new ArrayList<>(list.size());
        for (Object entry : list) {
            if (entry instanceof Map<?, ?> || entry instanceof List<?> || Row.isNull(entry)) {
                badEntry(reading, part, entry);
            } else {
                texts.add(scalar(entry, part.column().kind()));
            }
        }
        return texts;
    }

    private static void badEntry(RowCells reading, Part part, Object found) {
        reading.fault(
                Code.BAD_FIELD,
                part.name(),
                "column %s must be a text, a number, true, false or a list of them; found %s. The API's own forms go into the"
                        + " column custom_fields. Correct it.",
                Quoted.cell(found));
    }

    private static String scalar(Object cell, Kind kind) {
        return kind == Kind.ENUM ? cell.toString() : OutgoingText.of(cell);
    }
}
