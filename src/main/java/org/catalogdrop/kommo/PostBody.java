package org.catalogdrop.kommo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of an answer to a {@code POST}, in any of its known shapes: {@code items} as a list, or as an object of lists or of items; ids
 * as numbers or strings; {@code errors} as maps or lists.
 *
 * @param items the operations that were applied
 * @param errors the operations that were refused
 */
record PostBody(List<AppliedItem> items, List<ItemError> errors) {

    /** A body without content. */
    static final PostBody SILENT = new PostBody(List.of(), List.of());

    private static final JsonFactory JSON = new JsonFactory();

    /** Returns the body of an answer. Only errors have text, in which secrets are redacted. */
    static PostBody of(Reply.Received reply) {
        PostBody body = read(reply.raw());
        return body.errors().isEmpty() ? body : read(reply.content());
    }

    /** Reads as far as possible: what came before the place where a body breaks off still counts. */
    private static PostBody read(byte[] content) {
        PostBody body = new PostBody(new ArrayList<>(), new ArrayList<>());
        try (JsonParser in = JSON.createParser(content)) {
            if (in.nextToken() == JsonToken.START_OBJECT) {
                body.read(in);
            }
        } catch (IOException broken) {
            // Jackson is not the only source of exceptions: text in no encoding of Unicode throws another type.
            return body;
        }
        return body;
    }

    private void read(JsonParser in) throws IOException {
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            if (name.equals("_embedded") && in.currentToken() == JsonToken.START_OBJECT) {
                readEmbedded(in);
            } else if (name.equals(ItemError.VALIDATION)) {
                PostErrors.validation(in, errors);
            } else {
                in.skipChildren();
            }
        }
    }

    private void readEmbedded(JsonParser in) throws IOException {
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
