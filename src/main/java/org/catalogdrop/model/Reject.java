package org.catalogdrop.model;

import java.util.Optional;

/**
 * A row that is not sent because something is wrong with it.
 *
 * @param row the row
 * @param requestId its request_id; empty if it has no valid one
 * @param action the word of its action; empty if it has no valid one
 * @param problem what is wrong
 * @param key its natural key; empty if the mapping file has none or the row's cannot be read
 */
public record Reject(Row row, String requestId, String action, Problem problem, Optional<String> key)
        implements Verdict {

    /**
     * Makes a reject without a key.
     *
     * @param row the row
     * @param requestId its request_id; empty if it has no valid one
     * @param action the word of its action; empty if it has no valid one
     * @param problem what is wrong
     */
    public Reject(Row row, String requestId, String action, Problem problem) {
        this(row, requestId, action, problem, Optional.empty());
    }

    /**
     * Returns this reject with a key.
     *
     * @param text the natural key of the row; empty if it cannot be read
     * @return a copy
     */
    public Reject of(Optional<String> text) {
        return new Reject(row, requestId, action, problem, text);
    }
}
