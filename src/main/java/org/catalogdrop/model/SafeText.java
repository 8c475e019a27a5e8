package org.catalogdrop.model;

/** Text of others in a message: it stays in its line, says nothing to a terminal, and is read in the order in which it is written. */
public final class SafeText {

    private SafeText() {}

    /** With what is no visible sign written as {@code \\u001B}; the same text if it has none. */
    public static String of(String text) {
        return isPlain(text) ? text : escaped(text);
    }

    /** Returns whether it has no control character, no break of a line, and nothing that turns the order of its signs. */
    public static boolean isPlain(String text) {
        return text.chars().noneMatch(SafeText::isControl);
    }

    /** Returns whether a character is one of those. */
    public static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || isTurn(c);
    }

    /** Embeddings, overrides and isolates of the bidirectional algorithm (UAX 9): {@code a<U+202E>fdp.exe} looks like {@code aexe.pdf}. */
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
