package org.catalogdrop.kommo;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.io.IOException;
import java.util.List;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Operation;

/**
 * The document of a {@code POST /api/v2/catalog_elements} (the vendor's page, "Methods of List Elements"): one array named by the
 * chunk's action.
 *
 * @param chunk what to send
 * @param now unix seconds, the {@code updated_at} of updates that name none
 */
@JsonSerialize(using = ApiRequest.Json.class)
public record ApiRequest(Chunk chunk, long now) {

    /** Writes ids and dates as numbers, values as strings, as the page has them. */
    static final class Json extends JsonSerializer<ApiRequest> {

        @Override
        public void serialize(ApiRequest request, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeStartObject();
            out.writeArrayFieldStart(request.chunk().action().word());
            for (Operation operation : request.chunk().operations()) {
                if (operation instanceof Operation.Add add) {
                    add(add, out);
                } else if (operation instanceof Operation.Update update) {
                    update(update, request.now(), out);
                } else if (operation instanceof Operation.Delete delete) {
                    out.writeNumber(delete.id());
                }
            }
            out.writeEndArray();
            out.writeEndObject();
        }

        private static void add(Operation.Add add, JsonGenerator out) throws IOException {
            out.writeStartObject();
            out.writeNumberField("catalog_id", add.catalogId());
            out.writeStringField("name", add.name());
            out.writeNumberField("request_id", add.requestId());
            fields(add.fields(), out);
            out.writeEndObject();
        }

        private static void update(Operation.Update update, long now, JsonGenerator out) throws IOException {
            out.writeStartObject();
            out.writeNumberField("id", update.id());
            // The page calls only id and updated_at required, but clients found that these two are needed as well.
            out.writeNumberField("catalog_id", update.catalogId());
            out.writeStringField("name", update.name());
            out.writeNumberField("updated_at", update.updatedAt() > 0 ? update.updatedAt() : now);
            out.writeNumberField("request_id", update.requestId());
            fields(update.fields(), out);
            out.writeEndObject();
        }

        private static void fields(List<CustomField> fields, JsonGenerator out) throws IOException {
            if (fields.isEmpty()) {
                return;
            }
            out.writeArrayFieldStart("custom_fields");
            for (CustomField field : fields) {
                out.writeStartObject();
                out.writeStringField("id", field.id());
                out.writeArrayFieldStart("values");
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
