package org.catalogdrop.kommo;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Row;

/** Writes the forms that a field's value has in a request. */
final class FieldValues {

    private FieldValues() {}

    static void write(CustomField.Value value, JsonGenerator out) throws IOException {
        if (value instanceof CustomField.Plain plain) {
            object(plain.value(), "", "", out);
        } else if (value instanceof CustomField.WithEnum withEnum) {
            object(withEnum.value(), "enum", withEnum.enumId(), out);
        } else if (value instanceof CustomField.WithSubtype withSubtype) {
            object(withSubtype.value(), "subtype", withSubtype.subtype(), out);
        } else if (value instanceof CustomField.Option option) {
            out.writeString(option.enumId());
        } else if (value instanceof CustomField.Raw raw) {
            cell(raw.json(), out);
        }
    }

    private static void object(String value, String kind, String of, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeFieldName(RequestFieldNames.VALUE);
        out.writeString(value);
        if (!kind.isEmpty()) {
            out.writeStringField(kind, of);
        }
        out.writeEndObject();
    }

    /** Writes a cell of a JSON drop, digit for digit. */
    static void cell(Object cell, JsonGenerator out) throws IOException {
        if (cell instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(entry.getKey().toString());
                cell(entry.getValue(), out);
            }
            out.writeEndObject();
        } else if (cell instanceof List<?> list) {
            out.writeStartArray();
            for (Object item : list) {
                cell(item, out);
            }
            out.writeEndArray();
        } else if (cell instanceof Row.Literal literal) {
            out.writeRawValue(literal.text());
        } else {
            out.writeString(cell.toString());
        }
    }
}
