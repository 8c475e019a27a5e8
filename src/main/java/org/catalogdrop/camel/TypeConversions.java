package org.catalogdrop.camel;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.ElementJson;
import org.catalogdrop.results.Summaries;

/** Camel type converters for our types, used where a step of a route asks for text or bytes. */
public final class TypeConversions {

    private TypeConversions() {}

    public static void add(TypeConverterRegistry registry) {
        // The token as a header: text for the HTTP client, but not for code that prints headers.
        add(registry, Secret.class, String.class, Secret::reveal);
        add(registry, Reply.class, byte[].class, Reply::content);
        // A summary for a file, a queue or a log. JSON is UTF-8, whatever the charset of the host's exchange is.
        add(registry, Summary.class, String.class, Summaries::text);
        add(registry, Summary.class, byte[].class, TypeConversions::bytes);
        add(registry, Summary.class, InputStream.class, summary -> new ByteArrayInputStream(bytes(summary)));
        // An element as a message of its own, in the form of the API.
        add(registry, Element.class, String.class, ElementJson::text);
    }

    private static <F, T> void add(
            TypeConverterRegistry registry, Class<F> from, Class<T> to, Function<F, T> conversion) {
        registry.addTypeConverter(
                to,
                from,
                new SimpleTypeConverter(false, (type, exchange, value) -> conversion.apply(from.cast(value))));
    }

    private static byte[] bytes(Summary summary) {
        return Summaries.text(summary).getBytes(StandardCharsets.UTF_8);
    }
}
