package org.catalogdrop.input.row;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.catalogdrop.model.Row;

/** The rows of one pass. A failure is final, so that nobody reads on after a fault in the middle of the file. Used by one thread. */
public abstract class RowIterator implements Iterator<Row> {

    /** The end of the rows; no row has the number 0. */
    public static final Row END = Row.of(0, 0, List.of(), List.of());

    private static final Row NOT_READ = Row.of(0, 0, List.of(), List.of());

    private final UnfixedRows unfixed = new UnfixedRows();
    private Row next = NOT_READ;
    private Optional<RuntimeException> failure = Optional.empty();

    /** Reads the next row, or {@link #END}. */
    public abstract Row advance();

    @Override
    public final boolean hasNext() {
        if (next == NOT_READ) {
            next = advanceOrFail();
        }
        return next != END;
    }

    @Override
    public final Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the drop has no more rows");
        }
        Row row = next;
        next = NOT_READ;
        return row;
    }

    private Row advanceOrFail() {
        failure.ifPresent(earlier -> {
            throw earlier;
        });
        try {
            Row row = advance();
            return row == END ? row : unfixed.judge(row);
        } catch (RuntimeException e) {
            failure = Optional.of(e);
            throw e;
        }
    }
}
