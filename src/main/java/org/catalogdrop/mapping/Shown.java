package org.catalogdrop.mapping;

import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Plain;

/** What was found, as a message shows it: quoted, cut, and with nothing in it that a terminal or a CSV would choke on. */
final class Shown {

    private static final int LONGEST = 60;

    private Shown() {}

    static String cell(Object cell) {
        if (cell instanceof String text) {
            return text(text);
        }
        if (cell instanceof Nested.NoObject nested) {
            return cell(nested.cell()) + " where its path needs an object";
        }
        if (cell instanceof Map<?, ?>) {
            return "a JSON object";
        }
        return cell instanceof List<?> ? "a JSON array" : cell.toString();
    }

    static String text(String text) {
        StringBuilder shown = new StringBuilder("'");
        int end = Math.min(text.length(), LONGEST);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; ) {
            int c = text.codePointAt(i);
            boolean plain = c == ' ' || !(Plain.isControl(c) || Character.isSpaceChar(c) || isSurrogate(c));
            shown.append(plain ? Character.toString(c) : "\\u%04X".formatted(c));
            i += Character.charCount(c);
        }
        return shown.append(end < text.length() ? "…'" : "'").toString();
    }

    private static boolean isSurrogate(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE;
    }
}
