package org.catalogdrop.kommo;

/**
 * A text that does not reveal itself in messages, log lines or the {@code toString} of what holds it.
 *
 * @param reveal the text
 */
public record Secret(String reveal) {

    /** Returns whether a text may be a secret of the API: printable ASCII without spaces. */
    public static boolean isPrintable(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    @Override
    public String toString() {
        return "(secret)";
    }
}
