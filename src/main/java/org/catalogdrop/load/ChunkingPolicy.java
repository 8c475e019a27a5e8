package org.catalogdrop.load;

import java.util.Iterator;
import org.catalogdrop.chunk.ChunkLimits;
import org.catalogdrop.chunk.ChunkSize;
import org.catalogdrop.chunk.Chunker;
import org.catalogdrop.chunk.PendingOperation;
import org.catalogdrop.chunk.Weight;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.results.OutcomeResequencer;
import org.catalogdrop.results.Results;

/** How rows become chunks, of the size the API has taught, and how many of them may be open. */
public final class ChunkingPolicy {

    /** Chunks' worth of rows after which a chunk goes out though it is not full: alternating actions still fill theirs. */
    private static final int SPAN = 8;

    /** The same in rows where most may be unchanged, so that 1 % of changes still fills chunks; rows that need nothing hold no memory. */
    private static final long KEYED_SPAN = 50_000;

    private static final long OPEN_CHARACTERS = 4 << 20;

    /**
     * Rows that wait for one before them to be settled: what goes out at full pace during the usual {@code kommo.doubt-wait}, if memory allows.
     * Half a heap of 128 MB holds so many of six cells, or the characters; by far more than the chunks in the making do.
     */
    private static final int WAITING_ROWS = 50_000;

    private static final long WAITING_CHARACTERS = 12 << 20;

    private final int most;
    private final ChunkSize size;

    /** @param most rows in one request, at most */
    ChunkingPolicy(int most) {
        this.most = most;
        this.size = new ChunkSize(most);
    }

    /** Returns how many rows a request may have, as the API has taught it. */
    ChunkSize size() {
        return size;
    }

    /** Returns what puts the outcomes of a load in order. */
    OutcomeResequencer order(CheckedDrop load, int inFlight, Results results) {
        int fullRows = Math.max(WAITING_ROWS, 2 * most * (SPAN + inFlight));
        return new OutcomeResequencer(
                (int) (2 * span(load)) + fullRows,
                new OutcomeResequencer.Room(fullRows, WAITING_CHARACTERS, Weight::of),
                results::write);
    }

    private long span(CheckedDrop load) {
        return load.keys().isPresent() ? KEYED_SPAN : (long) SPAN * most;
    }

    /** Returns the chunks of what is pending in a load. */
    Iterator<Chunk> of(RunningLoad load, Iterator<PendingOperation> pending) {
        ChunkLimits limits = new ChunkLimits(most, span(load.checked()), (long) SPAN * most, OPEN_CHARACTERS);
        return new SplitSafeIterator(load, new Chunker(pending, limits, size::now, load.lanes()));
    }

    /** For a plan, which knows no keys. */
    public static ChunkLimits limits(int most) {
        return new ChunkLimits(most, (long) SPAN * most, OPEN_CHARACTERS);
    }
}
