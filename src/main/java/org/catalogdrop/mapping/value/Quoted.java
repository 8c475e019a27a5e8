package org.catalogdrop.mapping.value;

import java.util.List;
import java.util.Map;
import org.catalogdrop.model.NormalizedName;

/**
 * Shows a found value in a message: quoted, truncated, and without characters that a terminal or a CSV reader would stumble over.
 * Stateless.
 */
public final class Quoted {

    private static final int LONGEST = 60;

    private Quoted() {}

    public static String cell(Object cell) {
        if (cell instanceof String text) {
            return text(text);
        }
        if (cell instanceof Map<?, ?>) {
            return "a JSON object";
        }
        return cell instanceof List<?> ? "a JSON array" : cell.toString();
    }

    public static String text(String text) {
        StringBuilder shown = new StringBuilder("'");
        int end = Math.min(text.length(), LONGEST);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        shown.append(NormalizedName.show(text.substring(0, end)));
        return shown.append(end < text.length() ? "…'" : "'").toString();
    }
}
