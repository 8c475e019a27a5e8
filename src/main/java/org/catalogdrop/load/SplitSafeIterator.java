package org.catalogdrop.load;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.DropRefused;

/**
 * Chunks as Camel's split needs them. It asks whether there is another before it lets go of the one it has, so that question must
 * never wait for an answer to that one: it is answered without reading, and the end comes as a chunk of nothing. Nor may the answer
 * change from yes to no before the next is taken, be it that the load has failed meanwhile: the split would be done at once, with
 * others still under way. And what goes wrong ends the chunks instead of being thrown, since a split that fails would not wait for
 * those under way: the reason is kept in the load, where publishing finds it.
 */
final class SplitSafeIterator implements Iterator<Chunk> {

    private static final Chunk NOTHING = new Chunk(Action.ADD, List.of(), Optional.empty());

    private final LoadPhase load;
    private final Iterator<Chunk> chunks;
    private boolean ended;

    SplitSafeIterator(LoadPhase load, Iterator<Chunk> chunks) {
        this.load = load;
        this.chunks = chunks;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Chunk next() {
        try {
            if (!load.failure().isFailed() && chunks.hasNext()) {
                return chunks.next();
            }
        } catch (DropRefused refusal) {
            load.failure().refuse(refusal);
        } catch (RuntimeException reason) {
            load.failure().fail(reason);
        } catch (Throwable fault) {
            // Out of memory, say: Camel would tell nobody.
            load.failure().fail(new IllegalStateException(load.words() + ": reading failed: " + fault, fault));
        }
        ended = true;
        return NOTHING;
    }
}
