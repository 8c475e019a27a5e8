package org.catalogdrop.intake;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.catalogdrop.model.Row;

/** The rows of a JSON array. */
final class JsonArrayRows extends JsonRows {

    private boolean begun;

    JsonArrayRows(Guard text) {
        super(text);
    }

    @Override
    Row step(JsonParser parser) throws IOException {
        if (!begun) {
            require(JsonToken.START_ARRAY, "an array of rows");
            begun = true;
        }
        return parser.nextToken() == JsonToken.END_ARRAY ? end("the closing ]") : row(Optional.empty());
    }
}
