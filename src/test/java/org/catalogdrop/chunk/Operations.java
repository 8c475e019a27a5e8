package org.catalogdrop.chunk;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Row;

/** Operations for tests. */
final class Operations {

    private Operations() {}

    static PendingOperation fresh(Operation operation) {
        return new PendingOperation(operation, Optional.empty());
    }

    static PendingOperation doubtful(Operation operation, long since) {
        return new PendingOperation(operation, Optional.of(Instant.ofEpochSecond(since)));
    }

    static Operation add(long row) {
        return new Operation.Add(row(row, "n"), (int) row, 1, "n", List.of());
    }

    static Operation update(long row, long element) {
        return new Operation.Update(row(row, "n"), (int) row, element, 1, "n", 0, List.of());
    }

    static Operation delete(long row, long element) {
        return new Operation.Delete(row(row, "n"), (int) row, element);
    }

    static Row row(long number, Object cell) {
        return Row.of(number, number + 1, List.of("name"), List.of(cell));
    }
}
