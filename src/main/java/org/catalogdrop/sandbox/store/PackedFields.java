package org.catalogdrop.sandbox.store;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.catalogdrop.sandbox.store.StoredElement.Value;

/**
 * Fields as few bytes, quickly made, since an account may hold millions of elements. For each field its id, the number of its values and,
 * for each, text and tag, both as length and UTF-8; all numbers in groups of 7 bits, lowest first.
 */
final class PackedFields {
    private static final byte[] NONE = new byte[0];

    private PackedFields() {}

    static byte[] pack(List<Field> fields) {
        if (fields.isEmpty()) {
            return NONE;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(32 * fields.size());
        for (Field field : fields) {
            number(bytes, field.id());
            number(bytes, field.values().size());
            for (Value value : field.values()) {
                text(bytes, value.text());
                text(bytes, value.tag());
            }
        }
        return bytes.toByteArray();
    }

    static List<Field> unpack(byte[] packed) {
        List<Field> fields = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(packed);
        while (bytes.hasRemaining()) {
            long id = number(bytes);
            List<Value> values = new ArrayList<>();
            for (long left = number(bytes); left > 0; left--) {
                values.add(new Value(text(bytes), text(bytes)));
            }
            fields.add(new Field(id, values));
        }
        return fields;
    }

    private static void number(ByteArrayOutputStream bytes, long number) {
        long left = number;
        while (left > 0x7F) {
            bytes.write((int) (left & 0x7F) | 0x80);
            left >>>= 7;
        }
        bytes.write((int) left);
    }

    private static long number(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            int group = bytes.get();
            number |= (long) (group & 0x7F) << shift;
            if (group >= 0) {
                return number;
            }
        }
    }

    private static void text(ByteArrayOutputStream bytes, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        number(bytes, utf8.length);
        bytes.writeBytes(utf8);
    }

    private static String text(ByteBuffer bytes) {
        byte[] utf8 = new byte[(int) number(bytes)];
        bytes.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
