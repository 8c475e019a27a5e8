package org.catalogdrop.kommo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Operation;

/**
 * Makes the bodies of {@code POST /api/v2/catalog_elements} (the vendor's page, "Methods of List Elements"): one array named by the action.
 * Ids and dates are numbers, values are strings, as on that page. Safe for many threads.
 */
public final class RequestFactory {

    private static final JsonFactory JSON = new JsonFactory();

    private final ClockSkew clocks;

    /** @param clocks knows the API's time, which updates without a time get */
    public RequestFactory(ClockSkew clocks) {
        this.clocks = clocks;
    }

    /**
     * Returns the body for an intent.
     *
     * @param marker what each add carries besides, if the account has a marker field
     */
    public byte[] of(Intent intent, Optional<Marker> marker) {
        long now = clocks.apiNow().getEpochSecond();
        ByteArrayBuilder bytes = new ByteArrayBuilder();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeArrayFieldStart(intent.chunk().action().word());
            for (Operation operation : intent.chunk().operations()) {
                if (operation instanceof Operation.Add add) {
                    add(add, marker, out);
                } else if (operation instanceof Operation.Update update) {
                    update(update, now, out);
                } else if (operation instanceof Operation.Delete delete) {
                    out.writeNumber(delete.id());
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return bytes.toByteArray();
    }

    private static void add(Operation.Add add, Optional<Marker> marker, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeFieldName(RequestFieldNames.CATALOG_ID);
        out.writeNumber(add.catalogId());
        out.writeFieldName(RequestFieldNames.NAME);
        out.writeString(add.name());
        out.writeFieldName(RequestFieldNames.REQUEST_ID);
        out.writeNumber(add.requestId());
        fields(marker.map(one -> one.with(add.fields(), add.row())).orElse(add.fields()), out);
        out.writeEndObject();
    }

    private static void update(Operation.Update update, long now, JsonGenerator out) throws IOException {
        out.writeStartObject();
        out.writeFieldName(RequestFieldNames.ID);
        out.writeNumber(update.id());
        // The page calls only id and updated_at required, but clients found that these two are needed as well.
        out.writeFieldName(RequestFieldNames.CATALOG_ID);
        out.writeNumber(update.catalogId());
        out.writeFieldName(RequestFieldNames.NAME);
        out.writeString(update.name());
        out.writeFieldName(RequestFieldNames.UPDATED_AT);
        out.writeNumber(update.updatedAt() > 0 ? update.updatedAt() : now);
        out.writeFieldName(RequestFieldNames.REQUEST_ID);
        out.writeNumber(update.requestId());
        fields(update.fields(), out);
        out.writeEndObject();
    }

    private static void fields(List<CustomField> fields, JsonGenerator out) throws IOException {
        if (fields.isEmpty()) {
            return;
        }
        out.writeFieldName(RequestFieldNames.CUSTOM_FIELDS);
        out.writeStartArray();
        for (CustomField field : fields) {
            out.writeStartObject();
            out.writeFieldName(RequestFieldNames.ID);
            out.writeString(field.id());
            out.writeFieldName(RequestFieldNames.VALUES);
            out.writeStartArray();
            for (CustomField.Value value : field.values()) {
                FieldValues.write(value, out);
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        out.writeEndArray();
    }
}
