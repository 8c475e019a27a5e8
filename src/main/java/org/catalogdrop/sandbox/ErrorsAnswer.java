package org.catalogdrop.sandbox;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.catalogdrop.sandbox.fault.Switch.ErrorShape;
import org.catalogdrop.sandbox.http.Item;
import org.catalogdrop.sandbox.http.Item.Kind;
import org.catalogdrop.sandbox.http.Json;
import org.catalogdrop.sandbox.store.Refused;

/** The {@code errors} of an answer: one entry for each kind of item the request had. */
final class ErrorsAnswer {
    private ErrorsAnswer() {}

    static void write(JsonGenerator json, List<ItemOutcome> outcomes, ErrorShape shape) throws IOException {
        json.writeStartObject();
        for (Kind kind : Kind.values()) {
            List<ItemOutcome> ofKind =
                    outcomes.stream().filter(one -> one.item().kind() == kind).toList();
            if (!ofKind.isEmpty()) {
                json.writeFieldName(kind.name().toLowerCase(Locale.ROOT));
                kind(json, ofKind.stream().filter(one -> !one.isTaken()).toList(), shape);
            }
        }
        json.writeEndObject();
    }

    private static void kind(JsonGenerator json, List<ItemOutcome> refused, ErrorShape shape) throws IOException {
        // PHP prints an empty map as a list.
        if (shape == ErrorShape.LIST || refused.isEmpty()) {
            json.writeStartArray();
            for (ItemOutcome one : refused) {
                object(json, one, true);
            }
            json.writeEndArray();
            return;
        }
        Map<String, ItemOutcome> byKey = new LinkedHashMap<>();
        refused.forEach(one -> byKey.put(key(one.item(), shape), one));
        json.writeStartObject();
        for (Map.Entry<String, ItemOutcome> one : byKey.entrySet()) {
            json.writeFieldName(one.getKey());
            Refused why = one.getValue().refused().orElseThrow();
            if (shape == ErrorShape.TEXT || why.code == Refused.OUTDATED) {
                json.writeString(why.getMessage());
            } else {
                object(json, one.getValue(), false);
            }
        }
        json.writeEndObject();
    }

    private static String key(Item item, ErrorShape shape) {
        if (item.kind() == Kind.ADD) {
            return shape == ErrorShape.MAP_REQUEST_ID
                    ? item.requestId().map(Object::toString).orElse(Integer.toString(item.index()))
                    : Integer.toString(item.index());
        }
        return item.id().isEmpty() ? Integer.toString(item.index()) : item.id();
    }

    private static void object(JsonGenerator json, ItemOutcome one, boolean withId) throws IOException {
        Refused why = one.refused().orElseThrow();
        json.writeStartObject();
        if (why.code != Refused.OUTDATED) {
            json.writeNumberField("code", why.code);
        }
        json.writeStringField("msg", why.getMessage());
        if (one.item().kind() == Kind.ADD) {
            Json.requestId(json, one.item().requestId().orElse(one.item().index()));
        } else if (withId) {
            json.writeNumberField("id", one.id());
        }
        json.writeEndObject();
    }
}
