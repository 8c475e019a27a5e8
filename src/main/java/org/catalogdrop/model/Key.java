package org.catalogdrop.model;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.List;
import org.catalogdrop.model.CustomField.Option;
import org.catalogdrop.model.CustomField.Plain;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.CustomField.WithEnum;
import org.catalogdrop.model.CustomField.WithSubtype;

/**
 * By what a row is known again, and what it says, so that it need not be sent if it says the same.
 *
 * @param text the key, as it is {@linkplain #compared compared}
 * @param high a fingerprint of list, name and fields, its first 64 bits
 * @param low the other 64 bits
 */
public record Key(String text, long high, long low) {

    /**
     * Returns a key without what nobody sees, as it is sent: no blanks of any kind and no characters without a width at its ends, no
     * zero-width space, soft hyphen or direction mark inside, and each unbreakable or thin blank inside as a usual one. Accounts and people
     * trim keys; one that differed only so would be an element of its own every night.
     */
    public static String plain(String text) {
        if (isPlainAscii(text)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .filter(c -> !isUnseen(c))
                .forEach(c -> plain.appendCodePoint(Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c));
        int start = 0;
        int end = plain.length();
        while (start < end && isEdge(plain.charAt(start))) {
            start++;
        }
        while (end > start && isEdge(plain.charAt(end - 1))) {
            end--;
        }
        return plain.substring(start, end);
    }

    /**
     * Returns a key as it is compared, in a drop, in the journal and in the account: {@link #plain}, each run of blanks as one usual blank, letters with
     * their accents in one character (NFC). Accounts and the programs that write files change keys so; what is sent is not changed.
     */
    public static String compared(String text) {
        String plain = plain(text);
        if (isCompared(plain)) {
            return plain;
        }
        StringBuilder compared = new StringBuilder(plain.length());
        boolean blank = false;
        for (int i = 0; i < plain.length(); ) {
            int c = plain.codePointAt(i);
            i += Character.charCount(c);
            boolean before = blank;
            blank = Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
            if (!blank) {
                compared.appendCodePoint(c);
            } else if (!before) {
                compared.append(' ');
            }
        }
        return Normalizer.normalize(compared, Normalizer.Form.NFC);
    }

    /** Returns whether a key is surely as it is compared: of visible ASCII with single blanks. */
    private static boolean isCompared(String plain) {
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c < ' ' || c >= 0x7F || (c == ' ' && plain.charAt(i - 1) == ' ')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlainAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x7F) {
                return false;
            }
        }
        return text.isEmpty() || (text.charAt(0) > ' ' && text.charAt(text.length() - 1) > ' ');
    }

    /** Returns whether a character has no width and no meaning wherever it stands. */
    private static boolean isUnseen(int c) {
        return c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0xAD || c == 0x200E || c == 0x200F || c == 0x180E;
    }

    /** Joiners have a meaning between letters only. */
    private static boolean isEdge(char c) {
        return c <= ' ' || c == 0x7F || Character.isWhitespace(c) || c == 0x85 || c == 0x200C || c == 0x200D;
    }

    /** Returns the key of a row that says this. Its fingerprint is kept, so that another version of the program must come to the same. */
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
