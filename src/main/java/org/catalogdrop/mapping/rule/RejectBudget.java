package org.catalogdrop.mapping.rule;

import java.util.Optional;

/**
 * How many rows of a drop may be rejected before they are sent: {@code drop.on-reject}, and {@code on_reject} of a mapping file. If more
 * are rejected, the drop is refused. Immutable.
 *
 * @param most the limit; empty for any number
 */
public record RejectBudget(Optional<Threshold> most) {

    /** The valid texts, for messages. */
    public static final String ALLOWED =
            "continue, stop-before-sending (or stop), a number of rows like 10 (or at most 10), or a percentage like 5%";

    public static final RejectBudget CONTINUE = new RejectBudget(Optional.empty());

    /** Returns the meaning of a text; empty if it is invalid. */
    public static Optional<RejectBudget> of(String text) {
        return switch (text) {
            case "continue" -> Optional.of(CONTINUE);
            case "stop", "stop-before-sending" -> Optional.of(new RejectBudget(Optional.of(new Threshold(0, false))));
            default -> Threshold.of(text).map(bound -> new RejectBudget(Optional.of(bound)));
        };
    }

    /** Returns whether every row must be checked before the first is sent. */
    public boolean isLimited() {
        return most.isPresent();
    }

    public boolean isExceeded(long rejects, long rows) {
        return most.filter(bound -> bound.isExceeded(rejects, rows)).isPresent();
    }

    /** Returns the limit for a message. */
    public String text() {
        return most.map(Threshold::text).orElse("any number");
    }
}
