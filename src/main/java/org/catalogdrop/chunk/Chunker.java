package org.catalogdrop.chunk;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RowDecision;

/**
 * Cuts operations in row order into chunks, each of one action and either all fresh or all in doubt.
 *
 * <p>One chunk is open for each action and state of doubt, so that alternating actions still fill their chunks. It is handed out when it
 * is full, when it falls too far behind the reading, or when an operation on one of its elements arrives. So operations on one element
 * are never in one chunk and leave in row order. Not safe for many threads: one thread iterates, while any thread may
 * {@linkplain ElementLocks#leave release} the locks.
 */
public final class Chunker implements Iterator<Chunk> {

    private final Iterator<? extends RowDecision> source;
    private final ChunkLimits limits;
    private final IntSupplier size;
    private final ElementLocks lanes;
    private final List<OpenChunk> open = new ArrayList<>();
    private final Map<Long, OpenChunk> openByElement = new HashMap<>();
    private final Deque<Chunk> ready = new ArrayDeque<>();
    private long read;
    private long full;

    /**
     * @param source the rows in order, including those without an operation; its methods may block
     * @param limits when a chunk is handed out at the latest
     * @param lanes the locks, taken for each chunk that is handed out; the caller releases them once the chunk is answered
     */
    public Chunker(Iterator<? extends RowDecision> source, ChunkLimits limits, ElementLocks lanes) {
        this(source, limits, limits::size, lanes);
    }

    /** Makes a chunker with fewer operations in a chunk than the limit while {@code size} says so. */
    public Chunker(Iterator<? extends RowDecision> source, ChunkLimits limits, IntSupplier size, ElementLocks lanes) {
        this.source = source;
        this.limits = limits;
        this.size = size;
        this.lanes = lanes;
    }

    /** Returns whether there is another chunk. It reads up to the first operation of that chunk, and may block for that. */
    @Override
    public boolean hasNext() {
        while (ready.isEmpty() && open.isEmpty() && source.hasNext()) {
            take(source.next());
        }
        return !ready.isEmpty() || !open.isEmpty();
    }

    /**
     * Returns the next chunk, once none of its elements is under way. Blocks for the source and for the locks.
     *
     * @throws NoSuchElementException after the end
     * @throws RuntimeException what the source or {@link ElementLocks#enter} throws
     */
    @Override
    public Chunk next() {
        while (ready.isEmpty() && source.hasNext()) {
            take(source.next());
        }
        if (ready.isEmpty()) {
            handOutAll();
        }
        if (ready.isEmpty()) {
            throw new NoSuchElementException("All operations have been handed out.");
        }
        // Removed from the queue only when it has its locks, so that an interrupted wait loses nothing.
        lanes.enter(ready.getFirst());
        return ready.removeFirst();
    }

    private void take(RowDecision decision) {
        Row row = decision.row();
        long readBefore = read;
        read += Weight.of(row);
        full += row.cells().isEmpty() ? 0 : 1;
        handOutOverdue(row.number());
        // A row that needs nothing counts too, or an open chunk would not learn how far it is behind in a long run of
        // them.
        if (decision instanceof Operation operation) {
            take(operation, Optional.empty(), readBefore);
        } else if (decision instanceof RowDecision.InDoubt doubt) {
            take(doubt.operation(), Optional.of(doubt.since()), readBefore);
        }
    }

    private void take(Operation operation, Optional<Instant> doubtSince, long readBefore) {
        if (operation.element().isPresent()) {
            OpenChunk holder = openByElement.get(operation.element().getAsLong());
            if (holder != null) {
                handOut(holder);
            }
        }
        OpenChunk chunk = openFor(operation, doubtSince.isPresent(), readBefore);
        chunk.add(operation, doubtSince);
        operation.element().ifPresent(element -> openByElement.put(element, chunk));
        if (chunk.size() >= Math.min(limits.size(), size.getAsInt()) || chunk.isHeavy(read, limits.weight())) {
            handOut(chunk);
        }
    }

    private OpenChunk openFor(Operation operation, boolean doubtful, long readBefore) {
        for (OpenChunk candidate : open) {
            if (candidate.takes(operation.action(), doubtful)) {
                return candidate;
            }
        }
        OpenChunk fresh = new OpenChunk(operation, doubtful, readBefore, full - 1);
        open.add(fresh);
        return fresh;
    }

    // Hands out overdue chunks. They are opened in row order, so the list has the oldest first.
    private void handOutOverdue(long row) {
        while (!open.isEmpty()
                && (open.get(0).isBehind(row, limits.rowSpan())
                        || open.get(0).isFull(full, limits.fullSpan() + 1)
                        || open.get(0).isHeavy(read, limits.weight()))) {
            handOut(open.get(0));
        }
    }

    private void handOutAll() {
        while (!open.isEmpty()) {
            handOut(open.get(0));
        }
    }

    private void handOut(OpenChunk chunk) {
        open.remove(chunk);
        for (Operation operation : chunk.operations()) {
            operation.element().ifPresent(openByElement::remove);
        }
        ready.addLast(chunk.chunk());
    }
}
