package org.catalogdrop.kommo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Parses {@code errors}, which has three known shapes: under each action a map (index, request_id or id → text or object), under each
 * action a list of objects, or one list of objects for the whole request.
 */
final class PostErrors {

    private static final ObjectMapper TREES = new ObjectMapper();

    private PostErrors() {}

    static void read(JsonParser in, List<ItemError> errors) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT && in.currentToken() != JsonToken.START_ARRAY) {
            return;
        }
        // There are few errors and many shapes, so a tree is the simple way.
        JsonNode tree = TREES.readTree(in);
        if (tree.isArray()) {
            tree.forEach(error -> errors.add(error("", "", error)));
            return;
        }
        for (Map.Entry<String, JsonNode> section : tree.properties()) {
            JsonNode content = section.getValue();
            if (content.isArray()) {
                content.forEach(error -> errors.add(error(section.getKey(), "", error)));
            } else if (content.isObject()) {
                content.properties()
                        .forEach(entry -> errors.add(error(section.getKey(), entry.getKey(), entry.getValue())));
            }
        }
    }

    /**
     * Parses the form of the vendor's newer API, {@code [{"request_id":"0","errors":[{"code","path","detail"}]}]}. With it, nothing was
     * applied.
     */
    static void validation(JsonParser in, List<ItemError> errors) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            in.skipChildren();
            return;
        }
        for (JsonNode row : TREES.<JsonNode>readTree(in)) {
            StringJoiner said = new StringJoiner("; ");
            for (JsonNode error : row.path("errors")) {
                said.add(error.path("code").asText("") + " at "
                        + error.path("path").asText("?") + ": " + text(error));
            }
            // For an update it may be the element's id.
            long number = Numbers.parse(row.path("request_id").asText(""));
            errors.add(new ItemError(ItemError.VALIDATION, -1, number, number, "", said.toString()));
        }
    }

    private static ItemError error(String section, String key, JsonNode error) {
        String text = error.isValueNode() ? error.asText() : text(error);
        return new ItemError(
                section,
                Numbers.parse(key),
                Numbers.parse(error.path("request_id").asText()),
                Numbers.parse(error.path("id").asText()),
                first(error, "code", "error_code").asText(),
                text);
    }

    private static String text(JsonNode error) {
        JsonNode message = first(error, "msg", "message", "detail", "error");
        return message.isMissingNode() ? error.toString() : message.asText();
    }

    private static JsonNode first(JsonNode error, String... names) {
        for (String name : names) {
            if (error.hasNonNull(name)) {
                return error.get(name);
            }
        }
        return error.path(names[0]);
    }
}
