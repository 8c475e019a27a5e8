package org.catalogdrop.model;

/**
 * Why a row was rejected or left in doubt, a drop refused or a run stopped.
 *
 * @param code the stable code, described in {@code docs/rejects.md}
 * @param column the column at fault; empty if it is no single column
 * @param message what was found, what was expected and what to do next, in one sentence or a few; without the row's place
 */
public record Problem(Code code, String column, String message) {

    /**
     * Makes a problem. Control characters in the message are escaped, because messages quote drops and appear in logs and on terminals.
     *
     * @param code the stable code
     * @param column the column at fault; empty if it is no single column
     * @param message what was found, what was expected and what to do next
     */
    public Problem {
        message = SafeText.of(message);
    }

    /**
     * Returns a problem that is not in one column.
     *
     * @param code the stable code
     * @param message what was found, what was expected and what to do next
     * @return the problem
     */
    public static Problem of(Code code, String message) {
        return new Problem(code, "", message);
    }
}
