package org.catalogdrop.send;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.load.LoadPhase;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.DropRefused;

/**
 * Chunks for Camel's split, each when there is room for it under way. The split calls {@link #hasNext} before it hands out the current
 * item, so {@code hasNext} must not block on that item: it returns true without reading, and the end is an empty chunk. The answer must not
 * change from true to false before the next item is taken, even if the load has failed meanwhile, because the split would end at once with
 * other chunks still under way. Faults end the chunks instead of being thrown, because a failed split would not wait for chunks under way.
 * The load keeps the reason, and publishing finds it there.
 */
public final class ChunkFeed implements Iterator<Chunk> {

    private static final Chunk NOTHING = new Chunk(Action.ADD, List.of(), Optional.empty());

    private final LoadPhase load;
    private final Iterator<Chunk> chunks;
    private final InFlight inFlight;
    private boolean ended;

    public ChunkFeed(LoadPhase load, Iterator<Chunk> chunks, InFlight inFlight) {
        this.load = load;
        this.inFlight = inFlight;
        this.chunks = chunks;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Chunk next() {
        Chunk next = read();
        inFlight.enter(load);
        return next;
    }

    private Chunk read() {
        try {
            if (!load.failure().isFailed() && chunks.hasNext()) {
                return chunks.next();
            }
        } catch (DropRefused refusal) {
            load.failure().refuse(refusal);
        } catch (RuntimeException reason) {
            load.failure().fail(reason);
        } catch (Throwable fault) {
            // For example, out of memory. Camel would report it to nobody.
            load.failure().fail(new IllegalStateException(load.displayName() + ": reading failed: " + fault, fault));
        }
        ended = true;
        return NOTHING;
    }
}
