package org.catalogdrop.load;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The queue of loads: one at a time, in the order in which they come. Safe for many threads. */
public final class LoadQueue {

    /** The loads under way in this process, which may have many loaders. */
    private static final AtomicInteger UNDER_WAY = new AtomicInteger();

    private final Semaphore one = new Semaphore(1, true);

    public void enter() throws InterruptedException {
        one.acquire();
        UNDER_WAY.incrementAndGet();
    }

    public void leave() {
        UNDER_WAY.decrementAndGet();
        one.release();
    }

    /** Returns how many loaders of this process load now. */
    static int underWay() {
        return UNDER_WAY.get();
    }

    /** Waits until no load is under way, or until the time is over. Returns whether none is. */
    public boolean awaitEnd(Duration most) {
        try {
            boolean ended = one.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                one.release();
            }
            return ended;
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
