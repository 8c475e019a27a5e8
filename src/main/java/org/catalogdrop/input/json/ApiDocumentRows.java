package org.catalogdrop.input.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.input.text.LimitedInput;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Row;

/** The rows of the API's own document, numbered through its sections as they come. */
public final class ApiDocumentRows extends JsonRows {

    private final Set<Action> seen = EnumSet.noneOf(Action.class);
    private Optional<Action> section = Optional.empty();
    private boolean begun;

    public ApiDocumentRows(LimitedInput text) {
        super(text);
    }

    @Override
    Row step(JsonParser parser) throws IOException {
        if (!begun) {
            require(JsonToken.START_OBJECT, "an object with the sections add, update, delete");
            begun = true;
        }
        while (true) {
            if (section.isPresent()) {
                if (parser.nextToken() != JsonToken.END_ARRAY) {
                    return row(section);
                }
                section = Optional.empty();
            } else if (parser.nextToken() == JsonToken.END_OBJECT) {
                return end("the closing }");
            } else {
                section = Optional.of(open(parser.currentName()));
            }
        }
    }

    private Action open(String name) throws IOException {
        Action action = named(name)
                .orElseThrow(() -> malformed(
                        "expected only the sections add, update and delete, found '" + Utf8.excerpt(name, 100) + "'"));
        if (!seen.add(action)) {
            throw malformed("the section '" + name + "' occurs twice; put its items into one section");
        }
        require(JsonToken.START_ARRAY, "an array as the section '" + name + "'");
        return action;
    }

    /** Returns the section of a key. Unlike in cells, the letter case counts, as it does for the API. */
    static Optional<Action> named(String key) {
        return Action.of(key).filter(action -> action.word().equals(key));
    }
}
