package org.catalogdrop.model;

/**
 * Escapes text from drops and answers for messages. Escaped text has no line breaks, no control sequences for terminals, and no characters
 * that change the direction of reading. Stateless.
 */
public final class SafeText {

    private SafeText() {}

    /**
     * Returns a text with each unsafe character written like {@code \\u001B}.
     *
     * @param text any text
     * @return the escaped text; the same object if nothing needs an escape
     */
    public static String of(String text) {
        return isPlain(text) ? text : escaped(text);
    }

    /**
     * Returns whether a text has no unsafe character.
     *
     * @param text any text
     * @return true if it has no control character, no line break, and no control of reading direction
     */
    public static boolean isPlain(String text) {
        return text.chars().noneMatch(SafeText::isControl);
    }

    /**
     * Returns whether a character is unsafe in a message.
     *
     * @param c a UTF-16 code unit or a code point
     * @return true for control characters, line breaks and controls of reading direction
     */
    public static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || isTurn(c);
    }

    /**
     * Returns whether a character is an embedding, override or isolate of the bidirectional algorithm (UAX 9). With one of them,
     * {@code a<U+202E>fdp.exe} looks like {@code aexe.pdf}.
     */
    private static boolean isTurn(int c) {
        return (c >= '\u202A' && c <= '\u202E') || (c >= '\u2066' && c <= '\u2069');
    }

    private static String escaped(String text) {
        StringBuilder plain = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isControl(c)) {
                plain.append("\\u%04X".formatted((int) c));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
