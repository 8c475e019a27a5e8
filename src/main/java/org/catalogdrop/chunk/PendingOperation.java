package org.catalogdrop.chunk;

import java.time.Instant;
import java.util.Optional;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Row;

/**
 * What the reading came to: an operation to send, or a row that needs nothing sent. The latter is told as well, or a chunk in the
 * making would never learn how far behind it is while a long run of such rows is read.
 *
 * @param row the row
 * @param operation what is asked for it, if anything is to be sent
 * @param doubtSince the time of an earlier intent for the operation whose outcome is unknown; empty if it was never sent
 */
public record PendingOperation(Row row, Optional<Operation> operation, Optional<Instant> doubtSince) {

    /** Returns an operation to send. */
    public PendingOperation(Operation operation, Optional<Instant> doubtSince) {
        this(operation.row(), Optional.of(operation), doubtSince);
    }

    /** Returns a row that needs nothing sent. */
    public static PendingOperation passed(Row row) {
        return new PendingOperation(row, Optional.empty(), Optional.empty());
    }
}
