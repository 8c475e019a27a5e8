package org.catalogdrop.model;

import java.util.List;
import java.util.Optional;

/**
 * The interpretation of the API's answer to a chunk, or of a missing answer. Each operation that was sent is in exactly one of the three
 * lists.
 *
 * @param settled outcomes of the operations whose end the API reported
 * @param doubtful operations that may have been applied
 * @param untouched operations that were certainly not applied and may be sent again
 * @param why the reason for doubtful and untouched operations; empty if all are settled
 * @param halt why nothing more may be sent for now; empty if the run may continue
 * @param advice what the answer means for the size of the next requests
 */
public record Answer(
        List<Outcome> settled,
        List<Operation> doubtful,
        List<Operation> untouched,
        Optional<Problem> why,
        Optional<Problem> halt,
        Advice advice) {

    /**
     * Makes an answer that does not change the size of the next requests.
     *
     * @param settled outcomes of the operations whose end the API reported
     * @param doubtful operations that may have been applied
     * @param untouched operations that were certainly not applied and may be sent again
     * @param why the reason for doubtful and untouched operations; empty if all are settled
     * @param halt why nothing more may be sent for now; empty if the run may continue
     */
    public Answer(
            List<Outcome> settled,
            List<Operation> doubtful,
            List<Operation> untouched,
            Optional<Problem> why,
            Optional<Problem> halt) {
        this(settled, doubtful, untouched, why, halt, Advice.NONE);
    }

    /**
     * Tells whether the answer reports anything but that rows were applied.
     *
     * @return true if it has a reason, advice, or a row with a problem
     */
    public boolean hasProblem() {
        return why.isPresent()
                || halt.isPresent()
                || !advice.equals(Advice.NONE)
                || settled.stream().anyMatch(outcome -> outcome.problem().isPresent());
    }
}
