package org.catalogdrop.kommo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of an answer to a {@code POST}, in any of its known shapes: {@code items} as a list, or as an object of lists or of items; ids
 * as numbers or strings; {@code errors} as maps or lists.
 *
 * @param items the operations that were applied
 * @param errors the operations that were refused
 * @param whole whether the body could be read to its end
 */
@JsonDeserialize(using = PostBody.Json.class)
public record PostBody(List<AppliedItem> items, List<ItemError> errors, boolean whole) {

    /** Returns a body without content. */
    public static PostBody silent() {
        return new PostBody(List.of(), List.of(), false);
    }

    /** Reads as far as possible: what came before the place where a body breaks off still counts. */
    static final class Json extends JsonDeserializer<PostBody> {

        @Override
        public PostBody deserialize(JsonParser in, DeserializationContext context) throws IOException {
            List<AppliedItem> items = new ArrayList<>();
            List<ItemError> errors = new ArrayList<>();
            try {
                if (in.currentToken() != JsonToken.START_OBJECT) {
                    return silent();
                }
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    String name = in.currentName();
                    in.nextToken();
                    if (name.equals("_embedded") && in.currentToken() == JsonToken.START_OBJECT) {
                        embedded(in, items, errors);
                    } else if (name.equals(ItemError.VALIDATION)) {
                        PostErrors.validation(in, errors);
                    } else {
                        in.skipChildren();
                    }
                }
                return new PostBody(items, errors, true);
            } catch (IOException broken) {
                // Jackson is not the only source of exceptions: text in no encoding of Unicode throws another type.
                return new PostBody(items, errors, false);
            }
        }

        private static void embedded(JsonParser in, List<AppliedItem> items, List<ItemError> errors)
                throws IOException {
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                in.nextToken();
                switch (name) {
                    case "items" -> PostItems.read(in, items);
                    case "errors" -> PostErrors.read(in, errors);
                    default -> in.skipChildren();
                }
            }
        }
    }
}
