package org.catalogdrop.model;

import java.util.Optional;

/**
 * A row that will not be taken.
 *
 * @param row the row
 * @param requestId its request_id as far as it could be told, else empty
 * @param action its action's word as far as it could be told, else empty
 * @param problem why
 * @param key by what it would be known again, as far as that was asked for and could be told
 */
public record Reject(Row row, String requestId, String action, Problem problem, Optional<String> key)
        implements Verdict {

    /** One whose key nobody needs. */
    public Reject(Row row, String requestId, String action, Problem problem) {
        this(row, requestId, action, problem, Optional.empty());
    }

    /** Returns the same with its key. */
    public Reject of(Optional<String> text) {
        return new Reject(row, requestId, action, problem, text);
    }
}
