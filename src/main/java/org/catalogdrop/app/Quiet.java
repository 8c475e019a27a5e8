package org.catalogdrop.app;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.DropRefused;

/**
 * Chunks that end, instead of throwing, when something goes wrong: a split that fails would not wait for the chunks under way. The
 * reason is kept in the load, and publishing finds it there.
 */
final class Quiet implements Iterator<Chunk> {

    private final Load load;
    private final Iterator<Chunk> chunks;
    private Chunk next;

    Quiet(Load load, Iterator<Chunk> chunks) {
        this.load = load;
        this.chunks = chunks;
    }

    @Override
    public boolean hasNext() {
        if (next == null && load.failure().isEmpty() && load.refusal().isEmpty()) {
            try {
                if (chunks.hasNext()) {
                    next = chunks.next();
                }
            } catch (DropRefused refusal) {
                load.refuse(refusal);
            } catch (RuntimeException reason) {
                load.fail(reason);
            }
        }
        return next != null;
    }

    @Override
    public Chunk next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Chunk chunk = next;
        next = null;
        return chunk;
    }
}
