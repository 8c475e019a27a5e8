package org.catalogdrop.page.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the text of a query or form: {@code a=1&b=2}. Stateless. */
final class FormText {

    private FormText() {}

    /**
     * Returns the values by name, in their order.
     *
     * @param most how many there may be
     * @throws IllegalArgumentException if it is not such a text
     * @throws BadRequest if there are more
     */
    static Map<String, List<String>> parse(String text, int most) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        int pairs = 0;
        int from = 0;
        while (from < text.length()) {
            int and = text.indexOf('&', from);
            int to = and < 0 ? text.length() : and;
            if (to > from) {
                pairs++;
                if (pairs > most) {
                    throw new BadRequest(413, "This has more than " + most + " fields, so nothing was done.");
                }
                String pair = text.substring(from, to);
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals));
                values.computeIfAbsent(name, absent -> new ArrayList<>(1))
                        .add(equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
            from = to + 1;
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
