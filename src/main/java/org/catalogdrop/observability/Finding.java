package org.catalogdrop.observability;

import java.util.function.Supplier;

/**
 * The result of a health check.
 *
 * @param good whether all is well
 * @param message the state and, if not all is well, what to do
 */
public record Finding(boolean good, String message) {

    /** Returns what a check finds. A check that fails itself is a bad finding. */
    public static Finding of(Supplier<Finding> check) {
        try {
            return check.get();
        } catch (RuntimeException fault) {
            return bad(String.valueOf(fault.getMessage()));
        }
    }

    static Finding good(String message) {
        return new Finding(true, message);
    }

    static Finding bad(String message) {
        return new Finding(false, message);
    }
}
