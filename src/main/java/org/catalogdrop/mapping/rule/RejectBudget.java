package org.catalogdrop.mapping.rule;

import java.util.Optional;

/**
 * How many rows of a drop may be rejected before they are sent, without the drop being refused: {@code drop.on-reject}, and
 * {@code on_reject} of a mapping file.
 *
 * @param most empty for any number
 */
public record RejectBudget(Optional<Threshold> most) {

    /** What a text must be like, for messages. */
    public static final String ALLOWED =
            "continue, stop-before-sending (or stop), a number of rows like 10 (or at most 10), or a percentage like 5%";

    public static final RejectBudget CONTINUE = new RejectBudget(Optional.empty());

    /** Returns what a text means; empty if it means nothing. */
    public static Optional<RejectBudget> of(String text) {
        return switch (text) {
            case "continue" -> Optional.of(CONTINUE);
            case "stop", "stop-before-sending" -> Optional.of(new RejectBudget(Optional.of(new Threshold(0, false))));
            default -> Threshold.of(text).map(bound -> new RejectBudget(Optional.of(bound)));
        };
    }

    /** Returns whether every row has to be looked at before the first is sent. */
    public boolean isLimited() {
        return most.isPresent();
    }

    public boolean isExceeded(long rejects, long rows) {
        return most.filter(bound -> bound.isExceeded(rejects, rows)).isPresent();
    }

    /** As a message says it. */
    public String words() {
        return most.map(Threshold::words).orElse("any number");
    }
}
