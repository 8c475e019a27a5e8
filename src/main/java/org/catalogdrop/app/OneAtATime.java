package org.catalogdrop.app;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Loads queue here, in the order in which they come. */
final class OneAtATime {

    private final Semaphore one = new Semaphore(1, true);

    void enter() throws InterruptedException {
        one.acquire();
    }

    void leave() {
        one.release();
    }

    /** Waits until no load is under way, but not for ever. */
    void awaitEnd(Duration most) {
        try {
            if (one.tryAcquire(most.toMillis(), TimeUnit.MILLISECONDS)) {
                one.release();
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
