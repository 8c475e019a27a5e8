package org.catalogdrop.camel;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;

/** Writes a list of maps from a caller as lines of JSON. Values are often those of a database: its dates and numbers. */
final class MapRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            // Milliseconds in a field or as updated_at would not be recognised as a date.
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .addModule(new SimpleModule().addSerializer(new Iso()))
            .build();

    private MapRows() {}

    /** @throws DropRefused {@link Code#UNKNOWN_TYPE} if JSON cannot express a value */
    static void write(List<?> rows, OutputStream out) throws IOException {
        long number = 0;
        for (Object row : rows) {
            number++;
            out.write(line(number, row));
            out.write('\n');
        }
    }

    private static byte[] line(long number, Object row) {
        try {
            return JSON.writeValueAsBytes(ordered(row));
        } catch (JsonProcessingException unfit) {
            throw new DropRefused(
                    Code.UNKNOWN_TYPE,
                    "row " + number + " of the list has a value that cannot be written as JSON: "
                            + unfit.getOriginalMessage()
                            + ". Expected maps of texts, numbers, booleans, dates, and lists of these. Use another value,"
                            + " such as text.");
        }
    }

    /**
     * Sorts collections that have no order. {@code Map.of} and {@code Set.of} have a different order in each process. Unsorted, the same
     * list would be another drop after a restart, and its elements would be made twice.
     */
    private static Object ordered(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> ordered = new LinkedHashMap<>();
            Stream<? extends Map.Entry<?, ?>> entries = map.entrySet().stream();
            (isUnordered(map)
                            ? entries.sorted(
                                    Comparator.comparing(entry -> entry.getKey().toString()))
                            : entries)
                    .forEachOrdered(entry -> ordered.put(entry.getKey(), ordered(entry.getValue())));
            return ordered;
        }
        if (value instanceof Collection<?> values) {
            Stream<?> all = values.stream().map(MapRows::ordered);
            return (isUnordered(values) && values instanceof Set<?>
                            ? all.sorted(Comparator.comparing(Object::toString))
                            : all)
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        return value;
    }

    private static boolean isUnordered(Object collection) {
        return collection.getClass().getName().startsWith("java.util.ImmutableCollections");
    }

    /** Writes values of {@code java.time} in ISO 8601. */
    private static final class Iso extends StdSerializer<Temporal> {

        private static final long serialVersionUID = 1L;

        private Iso() {
            super(Temporal.class);
        }

        @Override
        public void serialize(Temporal time, JsonGenerator json, SerializerProvider provider) throws IOException {
            // ISO 8601 has no names of zones.
            json.writeString((time instanceof ZonedDateTime zoned ? zoned.toOffsetDateTime() : time).toString());
        }
    }
}
