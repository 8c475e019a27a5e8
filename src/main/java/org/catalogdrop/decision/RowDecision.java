package org.catalogdrop.decision;

import java.util.Optional;
import org.catalogdrop.chunk.PendingOperation;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;

/**
 * The decision about a row of a drop.
 *
 * @param outcome the outcome, if the row has ended already; empty if something is to be sent
 */
public record RowDecision(PendingOperation pending, Optional<Outcome> outcome) {

    static RowDecision ended(Outcome outcome) {
        return new RowDecision(PendingOperation.passed(outcome.row()), Optional.of(outcome));
    }

    /** Returns the decision about an operation that depends only on the journal. */
    static RowDecision of(Operation operation, RowState state) {
        if (state instanceof RowState.Settled settled) {
            return ended(settled.outcome(operation));
        }
        return pending(new PendingOperation(
                operation,
                state instanceof RowState.Doubtful doubtful ? Optional.of(doubtful.since()) : Optional.empty()));
    }

    static RowDecision pending(PendingOperation pending) {
        return new RowDecision(pending, Optional.empty());
    }

    public Row row() {
        return pending.row();
    }
}
