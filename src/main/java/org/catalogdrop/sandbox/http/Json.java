package org.catalogdrop.sandbox.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The one factory of parsers and generators, and documents written in one go. */
public final class Json {
    public static final ObjectMapper MAPPER = new ObjectMapper();
    static final JsonFactory FACTORY = MAPPER.getFactory();

    private Json() {}

    public interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    /** Returns a required part of a document. */
    public static <T> T required(T value, String orElse) {
        if (value == null) {
            throw new IllegalArgumentException(orElse);
        }
        return value;
    }

    public static byte[] document(Writing writing) {
        return document(1024, writing);
    }

    /** @param length about how many bytes it will have */
    static byte[] document(int length, Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(length);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            writing.to(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes a request_id as it was sent: a number as a number, a text as a text. */
    public static void requestId(JsonGenerator json, Object requestId) throws IOException {
        json.writeFieldName("request_id");
        if (requestId instanceof Number number) {
            json.writeNumber(number.toString());
        } else {
            json.writeString(requestId.toString());
        }
    }
}
