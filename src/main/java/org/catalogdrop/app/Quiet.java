package org.catalogdrop.app;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.DropRefused;

/**
 * Chunks that end, instead of throwing, when something goes wrong: a split that fails would not wait for the chunks under way. The
 * reason is kept in the load, and publishing finds it there.
 *
 * <p>The last chunk is an empty one. A split asks whether there is another chunk before it sends the one it has; if that question
 * read on, it would wait for rows, or for an element, of the very chunk that has not been sent yet.
 */
final class Quiet implements Iterator<Chunk> {

    private static final Chunk LAST = new Chunk(Action.ADD, List.of(), Optional.empty());

    private final Load load;
    private final Iterator<Chunk> chunks;
    private boolean ended;

    Quiet(Load load, Iterator<Chunk> chunks) {
        this.load = load;
        this.chunks = chunks;
    }

    @Override
    public boolean hasNext() {
        return !ended;
    }

    @Override
    public Chunk next() {
        if (ended) {
            throw new NoSuchElementException();
        }
        Optional<Chunk> chunk = Optional.empty();
        if (load.failure().isEmpty() && load.refusal().isEmpty()) {
            chunk = read();
        }
        ended = chunk.isEmpty();
        return chunk.orElse(LAST);
    }

    private Optional<Chunk> read() {
        try {
            return chunks.hasNext() ? Optional.of(chunks.next()) : Optional.empty();
        } catch (DropRefused refusal) {
            load.refuse(refusal);
        } catch (RuntimeException reason) {
            load.fail(reason);
        }
        return Optional.empty();
    }
}
