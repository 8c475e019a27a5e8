package org.catalogdrop.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.sandbox.StoredElement.Field;
import org.catalogdrop.sandbox.StoredElement.Value;

/** Fields as few bytes, since an account may hold millions: {@code [[4400049,"416",""],[4400062,"","3692540","","3692541"]]}. */
final class Packed {
    private static final byte[] NONE = new byte[0];

    private Packed() {}

    static byte[] pack(List<Field> fields) {
        if (fields.isEmpty()) {
            return NONE;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * fields.size());
        try (JsonGenerator json = Json.FACTORY.createGenerator(bytes)) {
            json.writeStartArray();
            for (Field field : fields) {
                json.writeStartArray();
                json.writeNumber(field.id());
                for (Value value : field.values()) {
                    json.writeString(value.text());
                    json.writeString(value.tag());
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static List<Field> unpack(byte[] packed) {
        List<Field> fields = new ArrayList<>();
        if (packed.length == 0) {
            return fields;
        }
        try (JsonParser json = Json.FACTORY.createParser(packed)) {
            json.nextToken();
            while (json.nextToken() == JsonToken.START_ARRAY) {
                long id = json.nextLongValue(0);
                List<Value> values = new ArrayList<>();
                for (String text = json.nextTextValue(); text != null; text = json.nextTextValue()) {
                    values.add(new Value(text, json.nextTextValue()));
                }
                fields.add(new Field(id, values));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return fields;
    }
}
