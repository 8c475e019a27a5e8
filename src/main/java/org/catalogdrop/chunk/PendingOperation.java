package org.catalogdrop.chunk;

import java.time.Instant;
import java.util.Optional;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Row;

/**
 * The result of reading a row: an operation to send, or a row without a request. The latter is passed on too, so that an open chunk
 * learns how far behind it is while a long run of such rows is read.
 *
 * @param row the row
 * @param operation the operation to send; empty if there is none
 * @param doubtSince the time of an earlier intent for the operation whose outcome is unknown; empty if it was never sent
 */
public record PendingOperation(Row row, Optional<Operation> operation, Optional<Instant> doubtSince) {

    /** Makes one with an operation to send. */
    public PendingOperation(Operation operation, Optional<Instant> doubtSince) {
        this(operation.row(), Optional.of(operation), doubtSince);
    }

    /** Returns one without a request. */
    public static PendingOperation passed(Row row) {
        return new PendingOperation(row, Optional.empty(), Optional.empty());
    }
}
