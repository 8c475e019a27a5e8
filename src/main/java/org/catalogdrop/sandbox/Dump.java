package org.catalogdrop.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.catalogdrop.sandbox.http.Json;
import org.catalogdrop.sandbox.store.StoredElement;

/** Writes what the sandbox knows, one JSON object on each line, without holding all of it in memory. */
final class Dump {
    private static final int AT_ONCE = 1_000;

    private final SandboxAccount account;

    Dump(SandboxAccount account) {
        this.account = account;
    }

    void log(HttpExchange exchange, List<LoggedRequest> requests, long after) throws IOException {
        try (OutputStream out = start(exchange)) {
            for (LoggedRequest request : requests) {
                if (request.number() > after) {
                    line(out, json -> request(json, request));
                }
            }
        }
    }

    void elements(HttpExchange exchange, long catalogId) throws IOException {
        try (OutputStream out = start(exchange)) {
            List<StoredElement> some = account.store().from(0, id -> catalogId < 0 || id == catalogId, AT_ONCE);
            while (!some.isEmpty()) {
                for (StoredElement element : some) {
                    line(out, json -> element(json, element));
                }
                long next = some.get(some.size() - 1).id() + 1;
                some = account.store().from(next, id -> catalogId < 0 || id == catalogId, AT_ONCE);
            }
        }
    }

    private static OutputStream start(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        return new BufferedOutputStream(exchange.getResponseBody(), 1 << 16);
    }

    private static void line(OutputStream out, Json.Writing writing) throws IOException {
        out.write(Json.document(writing));
        out.write('\n');
    }

    private static void request(JsonGenerator json, LoggedRequest request) throws IOException {
        json.writeStartObject();
        json.writeNumberField("number", request.number());
        json.writeStringField("time", request.time().toString());
        json.writeStringField("method", request.method());
        json.writeStringField("uri", request.uri());
        json.writeNumberField("status", request.status());
        json.writeStringField("action", request.action());
        json.writeStringField("fault", request.fault());
        json.writeNumberField("items", request.items());
        json.writeNumberField("refused", request.refused());
        json.writeNumberField("bytes", request.bytes());
        json.writeFieldName("ids");
        json.writeArray(request.ids(), 0, request.ids().length);
        json.writeFieldName("request_ids");
        json.writeArray(request.requestIds(), 0, request.requestIds().length);
        json.writeEndObject();
    }

    private void element(JsonGenerator json, StoredElement element) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", element.id());
        json.writeNumberField("catalog_id", element.catalogId());
        json.writeStringField("name", element.name());
        json.writeNumberField("created_at", element.createdAt());
        json.writeNumberField("updated_at", element.updatedAt());
        json.writeBooleanField("deleted", element.deleted());
        FieldsAnswer.write(json, account.catalogs().find(element.catalogId()), element.fields());
        json.writeEndObject();
    }
}
