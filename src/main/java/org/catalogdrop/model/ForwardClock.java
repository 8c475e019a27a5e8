package org.catalogdrop.model;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that never goes back. It follows the machine's clock and pauses while that is behind, so a later event never has an earlier time.
 * This holds only among users of the same instance. Safe for many threads.
 */
public final class ForwardClock implements InstantSource {

    private final InstantSource machine;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

    /**
     * Makes a clock that follows another.
     *
     * @param machine the clock to follow
     */
    public ForwardClock(InstantSource machine) {
        this.machine = machine;
    }

    @Override
    public Instant instant() {
        return latest.accumulateAndGet(machine.instant(), (before, now) -> now.isAfter(before) ? now : before);
    }
}
