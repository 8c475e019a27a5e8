package org.catalogdrop.kommo;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Operation;

/**
 * The body of {@code POST /api/v2/catalog_elements} (vendor's documentation, "Methods of List Elements"): one array, named by the chunk's
 * action.
 *
 * @param chunk what to send
 * @param now unix seconds, used as {@code updated_at} by updates that give none
 * @param marker the marker that each add carries; empty if there are none
 */
@JsonSerialize(using = ApiRequest.Json.class)
public record ApiRequest(Chunk chunk, long now, Optional<Marker> marker) {

    /** Writes ids and dates as numbers and values as strings, as in the vendor's documentation. */
    static final class Json extends JsonSerializer<ApiRequest> {

        @Override
        public void serialize(ApiRequest request, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            out.writeArrayFieldStart(request.chunk().action().word());
            for (Operation operation : request.chunk().operations()) {
                if (operation instanceof Operation.Add add) {
                    add(add, request.marker(), out);
                } else if (operation instanceof Operation.Update update) {
                    update(update, request.now(), out);
                } else if (operation instanceof Operation.Delete delete) {
                    out.writeNumber(delete.id());
                }
            }
            out.writeEndArray();
            out.writeEndObject();
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
            // The documentation requires only id and updated_at, but clients found that these two are needed as well.
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
}
