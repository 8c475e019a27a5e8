package org.catalogdrop.kommo;

/**
 * Text that does not show itself: in no message, log line or {@code toString} of what holds it.
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
