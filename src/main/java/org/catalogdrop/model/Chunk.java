package org.catalogdrop.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Operations that go out in one request; all of one action, since the order of a mixed request is undocumented.
 *
 * @param action the action of all of them
 * @param operations in row order, no element twice
 * @param doubtSince the time of an earlier intent for these operations whose outcome is not known; empty for rows never sent
 */
public record Chunk(Action action, List<Operation> operations, Optional<Instant> doubtSince) {

    public int size() {
        return operations.size();
    }
}
