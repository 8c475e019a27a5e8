package org.catalogdrop.sandbox.http;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.sandbox.http.Item.Kind;
import org.catalogdrop.sandbox.http.Item.SentField;
import org.catalogdrop.sandbox.http.Item.SentValue;

/** Parses the body of a POST as a stream. It is tolerant about numbers and texts, as the API is. Used by one thread. */
public final class RequestReader {
    private final JsonParser json;
    private final List<Item> items = new ArrayList<>();

    private RequestReader(JsonParser json) {
        this.json = json;
    }

    /**
     * Returns the entries of the document in its order.
     *
     * @throws JsonParseException if it is no JSON, or no object of arrays
     */
    public static List<Item> read(InputStream body) throws IOException {
        try (JsonParser json = Json.FACTORY.createParser(body)) {
            RequestReader reader = new RequestReader(json);
            reader.document();
            return reader.items;
        }
    }

    private void document() throws IOException {
        if (json.nextToken() == null) {
            return;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw new JsonParseException(json, "the document must be an object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "add" -> entries(Kind.ADD);
                case "update" -> entries(Kind.UPDATE);
                case "delete" -> entries(Kind.DELETE);
                default -> json.skipChildren();
            }
        }
        if (json.nextToken() != null) {
            throw new JsonParseException(json, "more text follows the document");
        }
    }

    private void entries(Kind kind) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return;
        }
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            if (kind == Kind.DELETE) {
                items.add(bare(kind, index, scalar(), json.currentToken().isScalarValue()));
            } else if (json.currentToken() == JsonToken.START_OBJECT) {
                items.add(entry(kind, index));
            } else {
                items.add(bare(kind, index, scalar(), false));
            }
        }
    }

    private static Item bare(Kind kind, int index, String id, boolean isFit) {
        return new Item(kind, index, isFit, id, "", "", "", Optional.empty(), Optional.empty());
    }

    private Item entry(Kind kind, int index) throws IOException {
        String id = "";
        String catalogId = "";
        String name = "";
        String updatedAt = "";
        Optional<Object> requestId = Optional.empty();
        Optional<List<SentField>> fields = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "id" -> id = scalar();
                case "catalog_id" -> catalogId = scalar();
                case "name" -> name = scalar();
                case "updated_at" -> updatedAt = scalar();
                case "request_id" -> requestId = requestId();
                case "custom_fields" -> fields = Optional.of(fields());
                default -> json.skipChildren();
            }
        }
        return new Item(kind, index, true, id, catalogId, name, updatedAt, requestId, fields);
    }

    private Optional<Object> requestId() throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NUMBER_INT -> Optional.of(json.getNumberValue());
            case VALUE_STRING -> Optional.of(json.getText());
            default -> {
                json.skipChildren();
                yield Optional.empty();
            }
        };
    }

    private List<SentField> fields() throws IOException {
        List<SentField> fields = new ArrayList<>(4);
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return fields;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            fields.add(
                    json.currentToken() == JsonToken.START_OBJECT
                            ? field()
                            : new SentField(scalar(), Optional.empty()));
        }
        return fields;
    }

    private SentField field() throws IOException {
        String id = "";
        Optional<List<SentValue>> values = Optional.empty();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            JsonToken token = json.nextToken();
            if (key.equals("id") || (key.equals("code") && id.isEmpty())) {
                id = scalar();
            } else if (key.equals("values") && token == JsonToken.START_ARRAY) {
                values = Optional.of(values());
            } else {
                json.skipChildren();
            }
        }
        return new SentField(id, values);
    }

    private List<SentValue> values() throws IOException {
        List<SentValue> values = new ArrayList<>(2);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            values.add(json.currentToken() == JsonToken.START_OBJECT ? value() : new SentValue(true, scalar(), "", ""));
        }
        return values;
    }

    private SentValue value() throws IOException {
        String value = "";
        String enumId = "";
        String subtype = "";
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String key = json.currentName();
            json.nextToken();
            switch (key) {
                case "value" -> value = scalar();
                case "enum" -> enumId = scalar();
                case "subtype" -> subtype = scalar();
                default -> json.skipChildren();
            }
        }
        return new SentValue(false, value, enumId, subtype);
    }

    /** Returns the text of a scalar; empty for everything else, and for null. */
    private String scalar() throws IOException {
        JsonToken token = json.currentToken();
        if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
            return json.getText();
        }
        json.skipChildren();
        return "";
    }
}
