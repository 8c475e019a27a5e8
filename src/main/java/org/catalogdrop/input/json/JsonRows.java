package org.catalogdrop.input.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import org.catalogdrop.input.row.RowIterator;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.text.LimitedInput;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Row;

/** The rows of one JSON text. A fault in it makes everything after it uncertain, so it refuses the drop. Used by one thread. */
abstract class JsonRows extends RowIterator {

    private final LimitedInput text;
    private final JsonParser parser;
    private final RowReader reader = new RowReader();
    private long number;

    JsonRows(LimitedInput text) {
        this.text = text;
        try {
            this.parser = JsonParsing.FACTORY.createParser(text);
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** Reads the next row, or {@link #END}. */
    abstract Row step(JsonParser parser) throws IOException;

    @Override
    public final Row advance() {
        try {
            return step(parser);
        } catch (JsonProcessingException e) {
            DropRefused refused = malformed(JsonParsing.fault(e), Optional.ofNullable(e.getLocation()));
            refused.initCause(e);
            throw refused;
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** Returns the row of the parser's current value; an item of a section, if there is one. */
    final Row row(Optional<Action> section) throws IOException {
        long line = parser.currentTokenLocation().getLineNr();
        long next = number + 1;
        Row row = section.isPresent() ? reader.row(parser, next, line, section.get()) : reader.row(parser, next, line);
        number = next;
        text.mark(number, line);
        return row;
    }

    /** Skips the parser's current value. */
    final void pass(JsonParser at) throws IOException {
        int depth = 0;
        do {
            JsonToken token = at.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            text.mark();
        } while (depth > 0 && at.nextToken() != null);
    }

    /** Returns the end, if nothing follows. */
    final Row end(String after) throws IOException {
        if (parser.nextToken() == null) {
            return END;
        }
        throw malformed("found more text after " + after + ", where the file should end");
    }

    final void require(JsonToken expected, String what) throws IOException {
        JsonToken found = parser.nextToken();
        if (found != expected) {
            throw malformed("expected " + what + ", found " + RowReader.kind(found));
        }
    }

    final DropRefused malformed(String fault) {
        return malformed(fault, Optional.of(parser.currentTokenLocation()));
    }

    private DropRefused malformed(String fault, Optional<JsonLocation> place) {
        String at = place.map(l -> "line " + l.getLineNr() + ", column " + l.getColumnNr())
                .orElse("unknown place");
        String row = number == 0 ? "before the end of the first row" : "after row " + number;
        return new DropRefused(
                Code.MALFORMED_JSON,
                "The JSON cannot be read at " + at + " (" + row + "): " + fault + ". Fix it and drop the file again.");
    }
}
