package org.catalogdrop.send;

import java.util.Iterator;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.Chunk;

/** Back-pressured chunks: they are handed out when there is room for them in flight; one is read ahead. Used by one thread. */
final class BackPressuredChunks implements Iterator<Chunk> {

    private final RunningLoad load;
    private final Iterator<Chunk> chunks;
    private final InFlight inFlight;

    BackPressuredChunks(RunningLoad load, Iterator<Chunk> chunks, InFlight inFlight) {
        this.load = load;
        this.chunks = chunks;
        this.inFlight = inFlight;
    }

    @Override
    public boolean hasNext() {
        return chunks.hasNext();
    }

    @Override
    public Chunk next() {
        Chunk next = chunks.next();
        inFlight.enter(load);
        return next;
    }
}
