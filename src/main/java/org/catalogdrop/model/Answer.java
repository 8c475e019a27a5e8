package org.catalogdrop.model;

import java.util.List;
import java.util.Optional;

/**
 * What an answer, or its absence, says of a chunk: each operation sent is in exactly one of the three lists.
 *
 * @param settled the API said how these ended
 * @param doubtful these may have been applied
 * @param untouched these were certainly not applied and may be sent again
 * @param why what made operations doubtful or untouched; empty when all are settled
 * @param halt why nothing more may be sent for now; empty while the run may go on
 * @param advice how the next requests are to be cut
 */
public record Answer(
        List<Outcome> settled,
        List<Operation> doubtful,
        List<Operation> untouched,
        Optional<Problem> why,
        Optional<Problem> halt,
        Advice advice) {

    /** Returns an answer that advises nothing. */
    public Answer(
            List<Outcome> settled,
            List<Operation> doubtful,
            List<Operation> untouched,
            Optional<Problem> why,
            Optional<Problem> halt) {
        this(settled, doubtful, untouched, why, halt, Advice.NONE);
    }
}
