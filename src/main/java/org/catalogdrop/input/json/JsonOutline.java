package org.catalogdrop.input.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
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
 * What a JSON text that begins with an object consists of.
 *
 * @param names the names in that object, the first of them
 * @param arrays the paths to arrays of objects in it, with how many objects they have
 * @param oneLine whether the object ends on the line on which it begins
 * @param alone whether nothing follows it
 */
record JsonOutline(Set<String> names, Map<String, Integer> arrays, boolean oneLine, boolean alone) {

    private static final int MOST = 100;

    /** Empty if it is no JSON, or no object. */
    static Optional<JsonOutline> of(DecodingStack layers) {
        try (DropSource source = DropSource.open(layers);
                JsonParser parser = JsonParsing.FACTORY.createParser(source.text())) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            int first = parser.currentTokenLocation().getLineNr();
            Set<String> names = new LinkedHashSet<>();
            Map<String, Integer> arrays = new LinkedHashMap<>();
            read(parser, source.text(), names, arrays);
            boolean oneLine = parser.currentTokenLocation().getLineNr() == first;
            return Optional.of(new JsonOutline(names, arrays, oneLine, parser.nextToken() == null));
        } catch (JsonProcessingException noJson) {
            return Optional.empty();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** Reads to the end of the object; what is inside of arrays is only counted. */
    private static void read(JsonParser parser, LimitedInput text, Set<String> names, Map<String, Integer> arrays)
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
                    int objects = objects(parser, text);
                    if (objects > 0 && arrays.size() < MOST) {
                        arrays.put(inside, objects);
                    }
                }
            }
        }
    }

    private static int objects(JsonParser parser, LimitedInput text) throws IOException {
        int objects = 0;
        for (int depth = 1; depth > 0; ) {
            JsonToken token = parser.nextToken();
            text.mark();
            objects += depth == 1 && token == JsonToken.START_OBJECT ? 1 : 0;
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        }
        return objects;
    }

    /** The path to the array with the most objects. */
    Optional<String> longest() {
        return arrays.entrySet().stream()
                .reduce((a, b) -> b.getValue() > a.getValue() ? b : a)
                .map(Map.Entry::getKey);
    }
}
