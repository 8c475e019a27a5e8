package org.catalogdrop.chunk;

import java.util.HashMap;
import java.util.Map;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.RunHalted;

/** Locks that keep the order of operations on one element: they know which elements are under way. Safe for many threads. */
public final class ElementLocks {

    // By chunk, so that releasing twice cannot free an element that a later chunk has locked.
    private final Map<Long, Chunk> underWay = new HashMap<>();
    private RuntimeException failure;

    /**
     * Waits until none of the chunk's elements is under way, then locks them all. Adds have no element yet and never wait.
     *
     * @throws RunHalted with {@link Code#STOPPED} if the thread is interrupted; its interrupt flag stays set
     * @throws RuntimeException the exception given to {@link #fail}; from then on no chunk gets its locks
     */
    public synchronized void enter(Chunk chunk) {
        while (failure == null && !isFree(chunk)) {
            try {
                wait();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                RunHalted stopped = new RunHalted(
                        Code.STOPPED,
                        "Stopped while waiting for an earlier operation on the same element. Run again to resume.");
                stopped.initCause(e);
                throw stopped;
            }
        }
        if (failure != null) {
            throw failure;
        }
        for (Operation operation : chunk.operations()) {
            operation.element().ifPresent(element -> underWay.put(element, chunk));
        }
    }

    /** Releases the elements of an answered chunk. Releasing twice, or without having locked, does nothing. */
    public synchronized void leave(Chunk chunk) {
        for (Operation operation : chunk.operations()) {
            operation.element().ifPresent(element -> {
                if (underWay.get(element) == chunk) {
                    underWay.remove(element);
                }
            });
        }
        notifyAll();
    }

    /** Lets all waiting and later calls of {@link #enter} fail with this exception. The first one stays. */
    public synchronized void fail(RuntimeException why) {
        if (failure == null) {
            failure = why;
        }
        notifyAll();
    }

    private boolean isFree(Chunk chunk) {
        for (Operation operation : chunk.operations()) {
            if (operation.element().isPresent()
                    && underWay.containsKey(operation.element().getAsLong())) {
                return false;
            }
        }
        return true;
    }
}
