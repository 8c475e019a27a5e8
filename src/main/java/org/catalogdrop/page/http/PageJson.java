package org.catalogdrop.page.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Writes what the script of the page reads. Safe for many threads. */
final class PageJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PageJson() {}

    /** Returns maps, lists and texts as JSON in one line. */
    static String of(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException fault) {
            throw new IllegalStateException(fault);
        }
    }
}
