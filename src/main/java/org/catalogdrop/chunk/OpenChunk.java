package org.catalogdrop.chunk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;

/** A chunk that is still being filled. Used by one thread. */
final class OpenChunk {

    private final Action action;
    private final boolean doubtful;
    private final long firstRow;
    private final long readBefore;
    private final long fullBefore;
    private final List<Operation> operations = new ArrayList<>();
    private Instant doubtSince = Instant.MAX;

    /** Opens a chunk for this operation, without adding it; readBefore and fullBefore are the characters and filled rows before its row. */
    OpenChunk(Operation first, boolean doubtful, long readBefore, long fullBefore) {
        this.fullBefore = fullBefore;
        this.action = first.action();
        this.doubtful = doubtful;
        this.firstRow = first.row().number();
        this.readBefore = readBefore;
    }

    boolean takes(Action of, boolean inDoubt) {
        return action == of && doubtful == inDoubt;
    }

    void add(Operation operation, Optional<Instant> since) {
        operations.add(operation);
        // The earliest time: a look-up must see what any of the earlier requests may have made.
        since.filter(one -> one.isBefore(doubtSince)).ifPresent(one -> doubtSince = one);
    }

    int size() {
        return operations.size();
    }

    boolean isBehind(long row, long rowSpan) {
        return row - firstRow > rowSpan;
    }

    boolean isFull(long full, long fullSpan) {
        return full - fullBefore > fullSpan;
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
