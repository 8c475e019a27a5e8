package org.catalogdrop.kommo.read;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.kommo.Numbers;
import org.catalogdrop.model.Element;

/**
 * One page of a list from {@code GET /api/v2/catalog_elements}: {@code items} as a list or as an object by ids.
 *
 * @param elements its elements, in the order of the answer
 * @param whole whether the answer could be read to its end
 */
@JsonDeserialize(using = PageBody.Json.class)
public record PageBody(List<Element> elements, boolean whole) {

    /** Returns the page after the end: HTTP 204 has no body. */
    static PageBody none() {
        return new PageBody(List.of(), true);
    }

    /** Returns the page for an answer that cannot be read. */
    static PageBody unreadable() {
        return new PageBody(List.of(), false);
    }

    static final class Json extends JsonDeserializer<PageBody> {

        @Override
        public PageBody deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode items;
            try {
                items = in.<JsonNode>readValueAsTree().path("_embedded").path("items");
            } catch (IOException broken) {
                return unreadable();
            }
            // An answer without items, or with items that are not elements, is not a page. As an empty page it would
            // prove elements absent.
            if (!items.isContainerNode()) {
                return unreadable();
            }
            List<Element> elements = new ArrayList<>();
            for (JsonNode item : items) {
                if (!item.isObject() || number(item, "id") <= 0) {
                    return unreadable();
                }
                if (!item.path("is_deleted").asBoolean()) {
                    elements.add(element(item));
                }
            }
            return new PageBody(elements, true);
        }

        private static Element element(JsonNode item) {
            List<Element.Field> fields = new ArrayList<>();
            for (JsonNode field : item.path("custom_fields")) {
                List<Element.FieldValue> values = new ArrayList<>();
                field.path("values").forEach(value -> values.add(value(value)));
                fields.add(new Element.Field(
                        field.path("id").asText(), field.path("name").asText(""), values));
            }
            return new Element(
                    number(item, "id"),
                    number(item, "catalog_id"),
                    item.path("name").asText(""),
                    number(item, "created_at"),
                    number(item, "updated_at"),
                    fields,
                    Math.max(0, number(item, "created_by")));
        }

        private static Element.FieldValue value(JsonNode value) {
            if (!value.isObject() || !value.has("value")) {
                return new Element.FieldValue(text(value), "", "");
            }
            return new Element.FieldValue(
                    text(value.path("value")), text(value.path("enum")), text(value.path("subtype")));
        }

        private static String text(JsonNode node) {
            return node.isContainerNode() ? node.toString() : node.isNull() ? "" : node.asText("");
        }

        private static long number(JsonNode node, String name) {
            return Numbers.parse(node.path(name).asText(""));
        }
    }
}
