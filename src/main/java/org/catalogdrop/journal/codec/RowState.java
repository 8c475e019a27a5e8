package org.catalogdrop.journal.codec;

import java.time.Instant;
import java.util.Optional;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.RowDecision;
import org.catalogdrop.model.Status;

/** The state of a row. */
public sealed interface RowState {

    /** Returns what has to be done for an operation that nothing else has a say in. */
    RowDecision decide(Operation operation);

    /**
     * Returns how a row ends that is rejected now. A row that was sent keeps what is known of it: a version before, or other settings, may
     * have taken it.
     *
     * @param action what its request asked for; empty if it was never sent
     */
    default Outcome reject(Reject reject, Optional<Action> action) {
        return Outcome.of(reject);
    }

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

        @Override
        public Outcome reject(Reject reject, Optional<Action> action) {
            Problem now = reject.problem();
            return sent(
                    reject,
                    action,
                    Status.IN_DOUBT,
                    0,
                    Optional.of(new Problem(
                            now.code(),
                            now.column(),
                            "no answer came to this row's request, and the row would be rejected now, so it cannot be looked up: "
                                    + now.message() + " Look for its element in the account.")));
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

        @Override
        public Outcome reject(Reject reject, Optional<Action> action) {
            return action.isEmpty() ? Outcome.of(reject) : sent(reject, action, status, id, problem);
        }

        /** Returns the outcome for the operation that its row asks for when it is read again. */
        public Outcome outcome(Operation operation) {
            return Outcome.of(operation, status, id == 0 ? operation.element().orElse(0) : id, problem);
        }
    }

    private static Outcome sent(
            Reject reject, Optional<Action> action, Status status, long id, Optional<Problem> problem) {
        String requestId =
                reject.requestId().isEmpty() ? Long.toString(reject.row().number()) : reject.requestId();
        String word = action.map(Action::word).orElse(reject.action());
        return new Outcome(reject.row(), requestId, word, status, id, problem);
    }
}
