package org.catalogdrop.journal.codec;

import java.time.Instant;
import java.util.Optional;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RowDecision;
import org.catalogdrop.model.Status;

/** Where a row stands. */
public sealed interface RowState {

    /** Returns what has to be done for an operation that nothing else has a say in. */
    RowDecision decide(Operation operation);

    /** Certainly not applied; it may be sent. */
    record Open() implements RowState {

        @Override
        public RowDecision decide(Operation operation) {
            return operation;
        }
    }

    /**
     * It may have been applied.
     *
     * @param since when the first request that may have applied it was about to be sent, by our clock, whole milliseconds
     */
    record Doubtful(Instant since) implements RowState {

        @Override
        public RowDecision decide(Operation operation) {
            return new RowDecision.InDoubt(operation, since);
        }
    }

    /**
     * It has its outcome.
     *
     * @param status how it ended
     * @param id the element's id, 0 if there is none
     * @param problem why it was not accepted
     */
    record Settled(Status status, long id, Optional<Problem> problem) implements RowState {

        @Override
        public RowDecision decide(Operation operation) {
            return outcome(operation);
        }

        /** Returns the outcome as it was settled, for the operation its row, read again, asks for. */
        public Outcome outcome(Operation operation) {
            return Outcome.of(operation, status, id == 0 ? operation.element().orElse(0) : id, problem);
        }
    }
}
