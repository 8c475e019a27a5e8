package org.catalogdrop.model;

import java.nio.ByteBuffer;
import java.text.Normalizer;
import java.util.List;
import org.catalogdrop.model.CustomField.Option;
import org.catalogdrop.model.CustomField.Plain;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.CustomField.WithEnum;
import org.catalogdrop.model.CustomField.WithSubtype;

/**
 * The natural key of a row, with a fingerprint of the row's content. A row whose fingerprint is that of the last load is unchanged and need
 * not be sent.
 *
 * @param text the key in the form in which keys are {@linkplain #compared compared}
 * @param high the first 64 bits of the SHA-256 of list, name and fields; 0 if the content does not matter
 * @param low the next 64 bits
 */
public record Key(String text, long high, long low) {

    /**
     * Returns a key without its invisible characters, as it is sent. Blanks and characters without width at both ends are removed. So are
     * zero-width spaces, soft hyphens and direction marks inside. Each special blank inside becomes a normal space. Accounts and people
     * trim keys: a key that differed only in this would make a new element with every drop.
     *
     * @param text the key as the drop has it
     * @return the key as it is sent
     */
    public static String plain(String text) {
        if (isPlain(text)) {
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
     * Returns a key in the form in which keys are compared, in a drop, in the journal and in the account: {@link #plain}, with each run of
     * blanks as one space, and in Unicode's composed form (NFC). Accounts and the programs that write files change keys in these ways. The
     * key that is sent is not changed.
     *
     * @param text the key as the drop or the account has it
     * @return the key to compare
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

    /** Returns whether a key is certainly in the compared form: visible ASCII with single spaces. */
    private static boolean isCompared(String plain) {
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c < ' ' || c >= 0x7F || (c == ' ' && plain.charAt(i - 1) == ' ')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x7F && (isUnseen(c) || Character.getType(c) == Character.SPACE_SEPARATOR)) {
                return false;
            }
        }
        return text.isEmpty() || !(isEdge(text.charAt(0)) || isEdge(text.charAt(text.length() - 1)));
    }

    /** Returns whether a character has no width and no meaning anywhere in a text. */
    private static boolean isUnseen(int c) {
        return c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0xAD || c == 0x200E || c == 0x200F || c == 0x180E;
    }

    /** Returns whether a character is removed at the ends. Joiners (U+200C, U+200D) have a meaning only between letters. */
    private static boolean isEdge(char c) {
        return c <= ' ' || c == 0x7F || Character.isWhitespace(c) || c == 0x85 || c == 0x200C || c == 0x200D;
    }

    /** Returns the key of a row with this content. The journal keeps the fingerprint, so other versions must compute the same one. */
    static Key of(String text, long catalogId, String name, List<CustomField> fields) {
        StringBuilder all = new StringBuilder(256).append(catalogId);
        part(all, name);
        for (CustomField field : fields) {
            part(all.append('f'), field.id());
            for (Value value : field.values()) {
                part(all, value);
            }
        }
        ByteBuffer digest = ByteBuffer.wrap(Sha256.of(all.toString()));
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

    /** Appends a text after its length, so that different lists of texts never become the same text. */
    private static void part(StringBuilder all, String text) {
        all.append(text.length()).append(':').append(text);
    }
}
