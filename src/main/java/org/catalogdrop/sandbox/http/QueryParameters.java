package org.catalogdrop.sandbox.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The parameters of a request's address. */
public record QueryParameters(List<String[]> pairs) {

    public static QueryParameters of(String raw) {
        List<String[]> pairs = new ArrayList<>();
        for (String pair : (raw == null ? "" : raw).split("&", -1)) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                pairs.add(new String[] {decoded(parts[0]), decoded(parts[1])});
            }
        }
        return new QueryParameters(pairs);
    }

    /** Returns all values of a parameter, also of {@code name[]} and {@code name[0]}. */
    public List<String> all(String name) {
        return pairs.stream()
                .filter(pair -> pair[0].replaceFirst("\\[\\d*]$", "").equals(name))
                .map(pair -> pair[1])
                .toList();
    }

    public String first(String name) {
        List<String> all = all(name);
        return all.isEmpty() ? "" : all.get(0);
    }

    /** Returns a number; the given one if the parameter is missing or invalid. */
    public long number(String name, long otherwise) {
        long number = Item.number(first(name));
        return number < 0 ? otherwise : number;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
