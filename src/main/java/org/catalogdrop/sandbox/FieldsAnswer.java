package org.catalogdrop.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.sandbox.http.Item;
import org.catalogdrop.sandbox.store.CatalogField;
import org.catalogdrop.sandbox.store.Catalogs;
import org.catalogdrop.sandbox.store.FieldType;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.catalogdrop.sandbox.store.StoredElement.Value;

/** The {@code custom_fields} of an element: all values are texts, options come with their texts. */
final class FieldsAnswer {
    private FieldsAnswer() {}

    static void write(JsonGenerator json, Optional<Catalogs.Known> list, List<Field> fields) throws IOException {
        json.writeArrayFieldStart("custom_fields");
        for (Field field : fields) {
            CatalogField known = list.flatMap(one -> one.field(Long.toString(field.id())))
                    .orElseGet(() -> CatalogField.of(field.id(), "", FieldType.TEXT));
            json.writeStartObject();
            json.writeNumberField("id", field.id());
            json.writeStringField("name", known.name());
            if (!known.code().isEmpty()) {
                json.writeStringField("code", known.code());
            }
            json.writeArrayFieldStart("values");
            for (Value value : field.values()) {
                value(json, known, value);
            }
            json.writeEndArray();
            json.writeBooleanField("is_system", known.system());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void value(JsonGenerator json, CatalogField field, Value value) throws IOException {
        json.writeStartObject();
        if (value.tag().isEmpty()) {
            json.writeStringField("value", value.text());
        } else if (field.type() == FieldType.SMART_ADDRESS) {
            json.writeStringField("value", value.text());
            json.writeStringField("subtype", value.tag());
        } else {
            json.writeStringField("value", field.options().getOrDefault(Item.number(value.tag()), value.text()));
            json.writeStringField("enum", value.tag());
        }
        json.writeEndObject();
    }
}
