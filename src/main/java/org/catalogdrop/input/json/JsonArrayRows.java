package org.catalogdrop.input.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.input.text.LimitedInput;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;

/** The rows of a JSON array, or the single row of a JSON object. Either may be inside other objects. Used by one thread. */
public final class JsonArrayRows extends JsonRows {

    private final String path;
    private boolean begun;
    private boolean single;

    /** @param path the names that lead to the array, such as {@code data.items}; empty if it is the whole text */
    public JsonArrayRows(LimitedInput text, String path) {
        super(text);
        this.path = path;
    }

    @Override
    Row step(JsonParser parser) throws IOException {
        if (!begun) {
            begun = true;
            parser.nextToken();
            if (!path.isEmpty()) {
                follow(parser);
            }
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                single = true;
                return row(Optional.empty());
            }
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw malformed("expected an array of rows" + (path.isEmpty() ? "" : " in " + path) + ", found "
                        + RowReader.kind(parser.currentToken()));
            }
        }
        if (!single && parser.nextToken() != JsonToken.END_ARRAY) {
            return row(Optional.empty());
        }
        return path.isEmpty() ? end(single ? "the closing }" : "the closing ]") : endAround(parser);
    }

    /** Goes to the value at the end of the path. */
    private void follow(JsonParser parser) throws IOException {
        for (String name : path.split("\\.", 0)) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw missing();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME && !isNamed(parser, name)) {
                parser.nextToken();
                pass(parser);
            }
            if (parser.currentToken() != JsonToken.FIELD_NAME) {
                throw missing();
            }
            parser.nextToken();
        }
    }

    private static boolean isNamed(JsonParser parser, String name) throws IOException {
        return NormalizedName.of(parser.currentName()).equals(NormalizedName.of(name));
    }

    private RuntimeException missing() {
        return malformed("'" + path + "', where the mapping expects the rows, is empty or missing");
    }

    /** Returns the end, if the objects around the rows end properly, and none of them has the name that leads to the rows again. */
    private Row endAround(JsonParser parser) throws IOException {
        String[] names = path.split("\\.", 0);
        int depth = names.length;
        while (depth > 0) {
            if (parser.nextToken() == JsonToken.END_OBJECT) {
                depth--;
            } else {
                if (isNamed(parser, names[depth - 1])) {
                    String place = String.join(".", List.of(names).subList(0, depth));
                    throw malformed("'" + place
                            + "' is there twice, and only the first one was read. Put the rows of both into one array");
                }
                parser.nextToken();
                pass(parser);
            }
        }
        return end("the closing }");
    }
}
