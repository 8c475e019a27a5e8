package org.catalogdrop.load;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The queue of loads: one at a time, in the order in which they come. Safe for many threads. */
public final class LoadQueue {

    private final Semaphore one = new Semaphore(1, true);

    public void enter() throws InterruptedException {
        one.acquire();
    }

    public void leave() {
        one.release();
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
