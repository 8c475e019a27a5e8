package org.catalogdrop.kommo;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/** Parses {@code items}: a list of items, or an object that holds lists ({@code deleted}) or items under their ids. */
final class PostItems {

    private PostItems() {}

    static void read(JsonParser in, List<AppliedItem> items) throws IOException {
        if (in.currentToken() == JsonToken.START_ARRAY) {
            list(in, items);
        } else if (in.currentToken() == JsonToken.START_OBJECT) {
            while (in.nextToken() != JsonToken.END_OBJECT) {
                in.nextToken();
                if (in.currentToken() == JsonToken.START_ARRAY) {
                    list(in, items);
                } else {
                    item(in, items);
                }
            }
        }
    }

    private static void list(JsonParser in, List<AppliedItem> items) throws IOException {
        while (in.nextToken() != JsonToken.END_ARRAY) {
            item(in, items);
        }
    }

    private static void item(JsonParser in, List<AppliedItem> items) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            // A delete may be answered with a bare id.
            items.add(new AppliedItem(Numbers.read(in), -1));
            return;
        }
        long id = -1;
        long requestId = -1;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String name = in.currentName();
            in.nextToken();
            switch (name) {
                case "id" -> id = Numbers.read(in);
                case "request_id" -> requestId = Numbers.read(in);
                default -> in.skipChildren();
            }
        }
        items.add(new AppliedItem(id, requestId));
    }
}
