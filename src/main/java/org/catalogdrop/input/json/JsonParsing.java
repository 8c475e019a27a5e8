package org.catalogdrop.input.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** How JSON is parsed, and how its faults are reported. Stateless. */
final class JsonParsing {

    /** Deeper values are taken for an attack or a mistake. */
    static final int MOST_LEVELS = 100;

    // LimitedInput limits the length of texts and numbers, because it counts the whole row.
    static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MOST_LEVELS)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .build();

    private JsonParsing() {}

    /** Returns the fault, as the end of a sentence without its full stop. */
    static String fault(JsonProcessingException failure) {
        if (failure instanceof JsonEOFException) {
            return "it ends too early";
        }
        if (failure instanceof StreamConstraintsException) {
            return "its values are nested more than " + MOST_LEVELS + " levels deep";
        }
        String message = failure.getOriginalMessage();
        if (message.startsWith("Invalid UTF-8")) {
            return "it is not UTF-8 (" + message + "); save the file as UTF-8";
        }
        int source = message.indexOf(" at [Source");
        return "it is not JSON: " + (source < 0 ? message : message.substring(0, source));
    }
}
