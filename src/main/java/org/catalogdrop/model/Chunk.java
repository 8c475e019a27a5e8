package org.catalogdrop.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

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

    /**
     * Returns the lists that its adds go to.
     *
     * @return their ids, in ascending order
     */
    public SortedSet<Long> lists() {
        SortedSet<Long> lists = new TreeSet<>();
        long last = -1; // nearly always that of all
        for (Operation operation : operations) {
            if (operation instanceof Operation.Add add && add.catalogId() != last) {
                last = add.catalogId();
                lists.add(last);
            }
        }
        return lists;
    }
}
