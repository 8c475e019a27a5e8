package org.catalogdrop.chunk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;

/** A chunk still being filled. */
final class OpenChunk {

    private final Action action;
    private final boolean doubtful;
    private final long firstRow;
    private final long readBefore;
    private final List<Operation> operations = new ArrayList<>();
    private Instant doubtSince = Instant.MAX;

    /** Opens a chunk for this operation, without taking it in; readBefore are the characters read before its row. */
    OpenChunk(Pending first, long readBefore) {
        this.action = first.operation().action();
        this.doubtful = first.doubtSince().isPresent();
        this.firstRow = first.operation().row().number();
        this.readBefore = readBefore;
    }

    boolean takes(Pending pending) {
        return action == pending.operation().action()
                && doubtful == pending.doubtSince().isPresent();
    }

    void add(Pending pending) {
        operations.add(pending.operation());
        // The earliest: a look-up must see whatever any of the earlier requests may have made.
        pending.doubtSince().filter(since -> since.isBefore(doubtSince)).ifPresent(since -> doubtSince = since);
    }

    int size() {
        return operations.size();
    }

    boolean isBehind(long row, long rowSpan) {
        return row - firstRow > rowSpan;
    }

    boolean isHeavy(long read, long weight) {
        return read - readBefore > weight;
    }

    List<Operation> operations() {
        return operations;
    }

    Chunk chunk() {
        return new Chunk(
                action,
                Collections.unmodifiableList(operations),
                doubtful ? Optional.of(doubtSince) : Optional.empty());
    }
}
