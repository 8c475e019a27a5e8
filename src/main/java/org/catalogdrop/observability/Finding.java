package org.catalogdrop.observability;

/**
 * What a look saw.
 *
 * @param good whether all is well
 * @param message what is and, if it is not well, what to do
 */
public record Finding(boolean good, String message) {

    static Finding good(String message) {
        return new Finding(true, message);
    }

    static Finding bad(String message) {
        return new Finding(false, message);
    }
}
