package org.catalogdrop.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The operations of one request. All have the same action, because the vendor does not document the order in which a mixed request is
 * applied.
 *
 * @param action the action of all operations
 * @param operations the operations in row order; no element appears twice
 * @param doubtSince the time of an earlier intent for these operations, if its outcome is not known; empty if they were never sent
 */
public record Chunk(Action action, List<Operation> operations, Optional<Instant> doubtSince) {

    /**
     * Returns the number of operations.
     *
     * @return how many there are
     */
    public int size() {
        return operations.size();
    }
}
