package org.catalogdrop.model;

import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The machine's clock, but it stands still while that has been set back: what comes later is never dated earlier. Of use only to those who share
 * one. Safe for many threads.
 */
public final class ForwardClock implements InstantSource {

    private final InstantSource machine;
    private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);

    public ForwardClock(InstantSource machine) {
        this.machine = machine;
    }

    @Override
    public Instant instant() {
        return latest.accumulateAndGet(machine.instant(), (before, now) -> now.isAfter(before) ? now : before);
    }
}
