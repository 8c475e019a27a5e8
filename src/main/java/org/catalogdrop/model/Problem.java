package org.catalogdrop.model;

/**
 * Why something was not taken.
 *
 * @param code the stable code, one of {@link Code}
 * @param column the column at fault, empty if it is none in particular
 * @param message what is wrong, what was expected, what was found, what to do next; one sentence or a few, without the row's place
 */
public record Problem(Code code, String column, String message) {

    /** Messages quote what stands in a drop, and are read in logs and on terminals. */
    public Problem {
        message = SafeText.of(message);
    }

    public static Problem of(Code code, String message) {
        return new Problem(code, "", message);
    }
}
