package org.catalogdrop.kommo;

/**
 * Text that does not show itself: in no message, log line or {@code toString} of what holds it.
 *
 * @param reveal the text
 */
public record Secret(String reveal) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
