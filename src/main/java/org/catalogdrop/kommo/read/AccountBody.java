package org.catalogdrop.kommo.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.kommo.ValueComparison;
import org.catalogdrop.model.Account;

/**
 * Parses {@code GET /api/v2/catalogs} and {@code GET /api/v2/account?with=custom_fields}. Arrays are documented. Real answers have
 * objects keyed by id, and empty ones as arrays. Texts are HTML-escaped. Stateless.
 */
final class AccountBody {

    private AccountBody() {}

    /** Returns the account of both answers. A list that only the account names has no name. */
    static Account of(JsonNode catalogs, JsonNode account) {
        Map<Long, String> names = new LinkedHashMap<>();
        catalogs.path("_embedded").path("items").forEach(item -> names.put(id("", item), text(item, "name")));
        JsonNode fields = account.path("_embedded").path("custom_fields").path("catalogs");
        fields.properties().forEach(entry -> names.putIfAbsent(id(entry.getKey(), entry.getValue()), ""));
        List<Account.Catalog> lists = new ArrayList<>();
        names.forEach((id, name) -> lists.add(new Account.Catalog(id, name, fields(fields.path(Long.toString(id))))));
        String who = account.path("id").asText("");
        return new Account(who, account.path("timezone").asText(""), List.copyOf(lists));
    }

    private static List<Account.Field> fields(JsonNode fields) {
        List<Account.Field> read = new ArrayList<>();
        each(
                fields,
                (key, field) -> read.add(new Account.Field(
                        id(key, field),
                        text(field, "name"),
                        text(field, "code"),
                        field.has("field_type")
                                ? field.path("field_type").asInt()
                                : field.path("type_id").asInt(),
                        options(field.path("enums")))));
        return List.copyOf(read);
    }

    private static Map<Long, String> options(JsonNode enums) {
        Map<Long, String> options = new LinkedHashMap<>();
        each(enums, (key, option) -> {
            if (option.isObject()) {
                options.put(id(key, option), unescaped(option.path("value").asText()));
            } else if (enums.isObject()) {
                options.put(id(key, option), unescaped(option.asText()));
            }
        });
        return options;
    }

    private interface Entry {
        void of(String key, JsonNode value);
    }

    private static void each(JsonNode node, Entry entry) {
        if (node.isObject()) {
            node.properties().forEach(pair -> entry.of(pair.getKey(), pair.getValue()));
        } else {
            node.forEach(value -> entry.of("", value));
        }
    }

    /** Returns the entry's own id, else its key. */
    private static long id(String key, JsonNode node) {
        String text = node.path("id").asText(key);
        return text.matches("[1-9]\\d{0,17}") ? Long.parseLong(text) : 0;
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.path(key);
        return value.isNull() ? "" : unescaped(value.asText(""));
    }

    private static String unescaped(String text) {
        return ValueComparison.unescaped(text);
    }
}
