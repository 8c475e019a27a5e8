package org.catalogdrop.results;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.mapping.VerbatimCells;
import org.catalogdrop.mapping.value.SpreadsheetText;
import org.catalogdrop.model.Element;

/**
 * Writes an element in the vendor's form. It is not always a valid drop: a multilist is read back as values with their options, but
 * accepted only as bare options, and nothing in an element distinguishes it from a list. The CSV of {@code list} solves that with its
 * columns.
 */
public final class ElementJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ElementJson() {}

    /** Returns an element as a line of JSON. */
    public static String text(Element element) {
        try {
            return JSON.writeValueAsString(of(element));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns an element as an object of JSON. */
    public static Map<String, Object> of(Element element) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", element.id());
        json.put("catalog_id", element.catalogId());
        json.put("name", element.name());
        json.put("created_at", element.createdAt());
        List<Object> fields = new ArrayList<>();
        for (Element.Field field : element.fields()) {
            fields.add(field(field));
        }
        json.put("custom_fields", fields);
        if (SpreadsheetText.isDoubtful(element.name())) {
            json.put(VerbatimCells.COLUMN, "name");
        }
        return json;
    }

    private static Map<String, Object> field(Element.Field field) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", field.id());
        json.put("name", field.name());
        List<Object> values = new ArrayList<>();
        field.values().forEach(value -> values.add(value(value)));
        json.put("values", values);
        return json;
    }

    /** Returns the value of an option as its bare id, the only form that the API accepts for multilists. */
    private static Object value(Element.FieldValue value) {
        if (value.subtype().isEmpty() && value.enumId().matches("[0-9]+")) {
            return value.enumId();
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("value", value.value());
        if (!value.enumId().isEmpty()) {
            json.put("enum", value.enumId());
        }
        if (!value.subtype().isEmpty()) {
            json.put("subtype", value.subtype());
        }
        return json;
    }
}
