package org.catalogdrop.journal.codec;

import java.time.Instant;
import java.util.Optional;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RowDecision;
import org.catalogdrop.model.Status;

/** The state of a row. */
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
     * @param since when the first request that may have applied it was about to be sent, by our clock, in whole milliseconds
     */
    record Doubtful(Instant since) implements RowState {

        @Override
        public RowDecision decide(Operation operation) {
            return new RowDecision.InDoubt(operation, since);
        }
    }

    /**
     * It has an outcome.
     *
     * @param status how it ended
     * @param id the element's id; 0 if there is none
     * @param problem why it was not accepted; empty if it was
     */
    record Settled(Status status, long id, Optional<Problem> problem) implements RowState {

        @Override
        public RowDecision decide(Operation operation) {
            return outcome(operation);
        }

        /** Returns the outcome for the operation that its row asks for when it is read again. */
        public Outcome outcome(Operation operation) {
            return Outcome.of(operation, status, id == 0 ? operation.element().orElse(0) : id, problem);
        }
    }
}
