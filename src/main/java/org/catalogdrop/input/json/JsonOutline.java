package org.catalogdrop.input.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.text.DecodingStack;
import org.catalogdrop.input.text.DropSource;
import org.catalogdrop.input.text.LimitedInput;

/**
 * The outline of a JSON text that begins with an object.
 *
 * @param names the names in that object, the first of them
 * @param arrays the paths to arrays of objects in it, and what they have
 * @param oneLine whether the object ends on the line on which it begins
 * @param alone whether nothing follows it
 */
record JsonOutline(Set<String> names, Map<String, Objects> arrays, boolean oneLine, boolean alone) {

    private static final int MOST = 100;

    /**
     * The objects of an array.
     *
     * @param count the number of objects
     * @param filled the number of names that have a value in one of them
     */
    record Objects(int count, int filled) {}

    private static final Comparator<Objects> LIKE_ROWS =
            Comparator.comparingInt(Objects::filled).thenComparingInt(Objects::count);

    /** Returns the outline; empty if it is no JSON, or no object. */
    static Optional<JsonOutline> of(DecodingStack layers) {
        try (DropSource source = DropSource.open(layers);
                JsonParser parser = JsonParsing.FACTORY.createParser(source.text())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            int first = parser.currentTokenLocation().getLineNr();
            Set<String> names = new LinkedHashSet<>();
            Map<String, Objects> arrays = new LinkedHashMap<>();
            read(parser, source.text(), names, arrays);
            boolean oneLine = parser.currentTokenLocation().getLineNr() == first;
            return Optional.of(new JsonOutline(names, arrays, oneLine, parser.nextToken() == null));
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** Reads to the end of the object. The content of arrays is only counted. */
    private static void read(JsonParser parser, LimitedInput text, Set<String> names, Map<String, Objects> arrays)
            throws IOException {
        Deque<String> path = new ArrayDeque<>();
        path.addLast("");
        while (!path.isEmpty()) {
            JsonToken token = parser.nextToken();
            text.mark();
            if (token == JsonToken.END_OBJECT) {
                path.removeLast();
            } else if (token == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                if (path.size() == 1 && names.size() < MOST) {
                    names.add(name);
                }
                String inside = path.getLast().isEmpty() ? name : path.getLast() + "." + name;
                JsonToken value = parser.nextToken();
                if (value == JsonToken.START_OBJECT) {
                    path.addLast(inside);
                } else if (value == JsonToken.START_ARRAY) {
                    Objects objects = objects(parser, text);
                    if (objects.count() > 0 && arrays.size() < MOST) {
                        arrays.put(inside, objects);
                    }
                }
            }
        }
    }

    private static Objects objects(JsonParser parser, LimitedInput text) throws IOException {
        int count = 0;
        Set<String> filled = new HashSet<>();
        String name = "";
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            text.mark();
            count += depth == 1 && token == JsonToken.START_OBJECT ? 1 : 0;
            if (depth == 2 && token == JsonToken.FIELD_NAME) {
                name = parser.currentName();
            } else if (depth == 2 && !name.isEmpty()) {
                if (filled.size() < MOST && isValue(parser, token)) {
                    filled.add(name);
                }
                name = "";
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return new Objects(count, filled.size());
    }

    private static boolean isValue(JsonParser parser, JsonToken token) throws IOException {
        return token != JsonToken.VALUE_NULL
                && (token != JsonToken.VALUE_STRING || !parser.getText().isBlank());
    }

    /** Returns the path to the array whose objects have the most names with values; among equals, the one with the most objects. */
    Optional<String> likeliest() {
        return arrays.entrySet().stream()
                .reduce((a, b) -> LIKE_ROWS.compare(b.getValue(), a.getValue()) > 0 ? b : a)
                .map(Map.Entry::getKey);
    }
}
