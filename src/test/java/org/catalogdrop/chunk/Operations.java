package org.catalogdrop.chunk;

import java.time.Instant;
import java.util.List;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RowDecision;

/** Operations for tests. */
final class Operations {

    private Operations() {}

    static RowDecision fresh(Operation operation) {
        return operation;
    }

    static RowDecision doubtful(Operation operation, long since) {
        return new RowDecision.InDoubt(operation, Instant.ofEpochSecond(since));
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
