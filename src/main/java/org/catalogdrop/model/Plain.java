package org.catalogdrop.model;

/** Text of others in a message: it stays in its line, and says nothing to a terminal. */
public final class Plain {

    private Plain() {}

    /** With what is no visible sign written as {@code \\u001B}; the same text if it has none. */
    public static String of(String text) {
        return isPlain(text) ? text : escaped(text);
    }

    /** Whether it has no control character and no break of a line. */
    public static boolean isPlain(String text) {
        return text.chars().noneMatch(Plain::isControl);
    }

    private static boolean isControl(int c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }

    private static String escaped(String text) {
        StringBuilder plain = new StringBuilder(text.length() + 16);
        for (char c : text.toCharArray()) {
            if (isControl(c)) {
                plain.append("\\u%04X".formatted((int) c));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
