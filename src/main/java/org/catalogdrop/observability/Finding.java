package org.catalogdrop.observability;

/**
 * The result of a health check.
 *
 * @param good whether all is well
 * @param message the state and, if not all is well, what to do
 */
public record Finding(boolean good, String message) {

    static Finding good(String message) {
        return new Finding(true, message);
    }

    static Finding bad(String message) {
        return new Finding(false, message);
    }
}
