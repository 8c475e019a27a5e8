package org.catalogdrop.load;

import java.util.Iterator;
import org.catalogdrop.chunk.ChunkLimits;
import org.catalogdrop.chunk.ChunkSize;
import org.catalogdrop.chunk.Chunker;
import org.catalogdrop.chunk.Weight;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.RowDecision;
import org.catalogdrop.results.OutcomeResequencer;
import org.catalogdrop.results.Results;

/** Decides how rows become chunks, of the size that the API accepts, and how many of them may be open. */
public final class ChunkingPolicy {

    /** The chunks' worth of rows after which a chunk is sent although it is not full. Alternating actions still fill their chunks. */
    private static final int SPAN = 8;

    /**
     * The same for rows most of which may be unchanged, so that 1 % of changes still fills chunks. Rows without a request take no memory.
     */
    private static final long KEYED_SPAN = 50_000;

    private static final long OPEN_CHARACTERS = 4 << 20;

    /**
     * The number of rows that may wait for an earlier one to be settled: what is sent at the full rate during the usual
     * {@code kommo.doubt-wait}, if memory allows. Half a heap of 128 MB has room for this many rows of six cells, or for the characters;
     * that is far more than what unfinished chunks need.
     */
    private static final int WAITING_ROWS = 50_000;

    private static final long WAITING_CHARACTERS = 12 << 20;

    /** What is left of both kinds of characters when many loaders of a process load at once. */
    private static final int LEAST_PART = 6;

    private final int most;
    private final ChunkSize size;

    /** By how much the memory of the load under way is divided: the first one has all of it, the next one half, then a third. */
    private volatile int part = 1;

    /** @param most the most rows in one request */
    ChunkingPolicy(int most) {
        this.most = most;
        this.size = new ChunkSize(most);
    }

    /** Returns the size of requests, adapted to the API. */
    ChunkSize size() {
        return size;
    }

    /** Returns the resequencer for the outcomes of a load. */
    OutcomeResequencer order(CheckedDrop load, int inFlight, Results results) {
        part = Math.min(LEAST_PART, Math.max(1, LoadQueue.underWay()));
        int fullRows = Math.max(WAITING_ROWS / part, 2 * most * (SPAN + inFlight));
        return new OutcomeResequencer(
                (int) (2 * span(load)) + fullRows,
                new OutcomeResequencer.Room(fullRows, WAITING_CHARACTERS / part, Weight::of),
                results::write);
    }

    private long span(CheckedDrop load) {
        return load.keys().isPresent() ? KEYED_SPAN : (long) SPAN * most;
    }

    /** Returns the chunks of what is pending in a load. */
    Iterator<Chunk> of(RunningLoad load, Iterator<RowDecision> pending) {
        ChunkLimits limits = new ChunkLimits(most, span(load.checked()), (long) SPAN * most, OPEN_CHARACTERS / part);
        return new Chunker(pending, limits, size::now, load.lanes());
    }

    /** Returns the limits for a plan, which knows no keys. */
    public static ChunkLimits limits(int most) {
        return new ChunkLimits(most, (long) SPAN * most, OPEN_CHARACTERS);
    }
}
