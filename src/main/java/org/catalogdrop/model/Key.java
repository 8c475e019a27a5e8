package org.catalogdrop.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.catalogdrop.model.CustomField.Option;
import org.catalogdrop.model.CustomField.Plain;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.CustomField.WithEnum;
import org.catalogdrop.model.CustomField.WithSubtype;

/**
 * By what a row is known again, and what it says, so that it need not be sent if it says the same.
 *
 * @param text the key, as it is sent; compared letter by letter
 * @param high a fingerprint of list, name and fields, its first 64 bits
 * @param low the other 64 bits
 */
public record Key(String text, long high, long low) {

    /** The key of a row that says this. Its fingerprint is kept, so that another version of the program must come to the same. */
    static Key of(String text, long catalogId, String name, List<CustomField> fields) {
        StringBuilder all = new StringBuilder(256).append(catalogId);
        part(all, name);
        for (CustomField field : fields) {
            part(all.append('f'), field.id());
            for (Value value : field.values()) {
                part(all, value);
            }
        }
        ByteBuffer digest = ByteBuffer.wrap(sha256(all.toString()));
        return new Key(text, digest.getLong(), digest.getLong());
    }

    private static void part(StringBuilder all, Value value) {
        if (value instanceof Plain plain) {
            part(all.append('v'), plain.value());
        } else if (value instanceof WithEnum withEnum) {
            part(all.append('e'), withEnum.value());
            part(all, withEnum.enumId());
        } else if (value instanceof WithSubtype withSubtype) {
            part(all.append('s'), withSubtype.value());
            part(all, withSubtype.subtype());
        } else if (value instanceof Option option) {
            part(all.append('o'), option.enumId());
        } else {
            part(all.append('r'), value.toString());
        }
    }

    /** With its length before it, so that no two lists of texts become the same. */
    private static void part(StringBuilder all, String text) {
        all.append(text.length()).append(':').append(text);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
