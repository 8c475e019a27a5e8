package org.catalogdrop.load;

import java.util.Iterator;
import org.catalogdrop.chunk.ChunkSize;
import org.catalogdrop.chunk.Chunks;
import org.catalogdrop.chunk.Limits;
import org.catalogdrop.chunk.Pending;
import org.catalogdrop.chunk.Weight;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.results.InOrder;
import org.catalogdrop.results.Results;

/** How rows become chunks, of the size the API has taught, and how many of them may be open. */
public final class Cuts {

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
    Cuts(int most) {
        this.most = most;
        this.size = new ChunkSize(most);
    }

    /** Most rows in one request, as the API has taught it. */
    int rows() {
        return size.now();
    }

    /** What puts the outcomes of a load in order. */
    InOrder order(Load load, int inFlight, Results results) {
        int fullRows = Math.max(WAITING_ROWS, 2 * most * (SPAN + inFlight));
        return new InOrder(
                (int) (2 * span(load)) + fullRows,
                new InOrder.Room(fullRows, WAITING_CHARACTERS, Weight::of),
                results::write);
    }

    private long span(Load load) {
        return load.keys().isPresent() ? KEYED_SPAN : (long) SPAN * most;
    }

    /** The chunks of what is pending in a load. */
    Iterator<Chunk> of(Load load, Iterator<Pending> pending) {
        load.sends(size);
        Limits limits = new Limits(most, span(load), (long) SPAN * most, OPEN_CHARACTERS);
        return new Quiet(load, new Chunks(pending, limits, size::now, load.lanes()));
    }

    /** For a plan, which knows no keys. */
    public static Limits limits(int most) {
        return new Limits(most, (long) SPAN * most, OPEN_CHARACTERS);
    }
}
