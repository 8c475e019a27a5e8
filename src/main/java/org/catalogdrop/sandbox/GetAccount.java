package org.catalogdrop.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.catalogdrop.sandbox.http.HttpReply;
import org.catalogdrop.sandbox.http.QueryParameters;
import org.catalogdrop.sandbox.store.CatalogField;
import org.catalogdrop.sandbox.store.CatalogList;
import org.catalogdrop.sandbox.store.FieldType;
import org.catalogdrop.sandbox.store.StoredElement;

/** The lists of the account, and its fields keyed by id as live answers have them. */
final class GetAccount {
    private static final long SIGNED_UP = 1_509_000_000;

    private final SandboxAccount account;

    GetAccount(SandboxAccount account) {
        this.account = account;
    }

    HttpReply lists(String uri, QueryParameters query) {
        List<String> ids = query.all("id");
        List<CatalogList> found = account.catalogs().all().stream()
                .filter(list -> ids.isEmpty() || ids.contains(Long.toString(list.id())))
                .toList();
        return found.isEmpty()
                ? HttpReply.NOTHING
                : HttpReply.hal(json -> {
                    json.writeStartObject();
                    Links.write(json, account, uri, "get");
                    json.writeObjectFieldStart("_embedded");
                    json.writeArrayFieldStart("items");
                    for (CatalogList list : found) {
                        list(json, list);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                    json.writeEndObject();
                });
    }

    private void list(JsonGenerator json, CatalogList list) throws IOException {
        json.writeStartObject();
        json.writeNumberField("id", list.id());
        json.writeStringField("name", list.name());
        json.writeNumberField("created_by", StoredElement.API_USER);
        json.writeNumberField("created_at", SIGNED_UP);
        json.writeStringField("type", list.id() == 4220 ? "products" : "regular");
        Links.write(json, account, "/api/v2/catalogs?id=" + list.id(), "get");
        json.writeEndObject();
    }

    HttpReply account(String uri, QueryParameters query) {
        return HttpReply.hal(json -> {
            json.writeStartObject();
            Links.write(json, account, uri, "get");
            json.writeNumberField("id", 8_000_001);
            json.writeStringField("name", "Sandbox");
            json.writeStringField("subdomain", "sandbox");
            json.writeStringField("currency", "USD");
            json.writeStringField("timezone", "UTC");
            json.writeNumberField("current_user", StoredElement.API_USER);
            json.writeObjectFieldStart("_embedded");
            if (query.all("with").stream().anyMatch(with -> with.contains("custom_fields"))) {
                customFields(json);
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private void customFields(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("custom_fields");
        for (String empty : List.of("contacts", "leads", "companies", "customers")) {
            json.writeArrayFieldStart(empty);
            json.writeEndArray();
        }
        json.writeObjectFieldStart("catalogs");
        for (CatalogList list : account.catalogs().all()) {
            json.writeFieldName(Long.toString(list.id()));
            fields(json, list.fields());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void fields(JsonGenerator json, List<CatalogField> fields) throws IOException {
        // PHP prints an empty map as a list.
        if (fields.isEmpty()) {
            json.writeStartArray();
            json.writeEndArray();
            return;
        }
        json.writeStartObject();
        for (int i = 0; i < fields.size(); i++) {
            CatalogField field = fields.get(i);
            json.writeObjectFieldStart(Long.toString(field.id()));
            json.writeNumberField("id", field.id());
            json.writeStringField("name", field.name());
            json.writeNumberField("field_type", field.type().number());
            json.writeNumberField("sort", 500 + i);
            json.writeStringField("code", field.code());
            json.writeBooleanField("is_multiple", field.type() == FieldType.MULTISELECT);
            json.writeBooleanField("is_system", field.system());
            json.writeBooleanField("is_editable", true);
            options(json, field.options());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void options(JsonGenerator json, Map<Long, String> options) throws IOException {
        if (options.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart("enums");
        for (Map.Entry<Long, String> option : options.entrySet()) {
            json.writeStringField(Long.toString(option.getKey()), escaped(option.getValue()));
        }
        json.writeEndObject();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#039;");
    }
}
