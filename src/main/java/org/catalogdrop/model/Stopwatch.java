package org.catalogdrop.model;

import java.time.Instant;

/**
 * Times for waits: when this program began, and what has gone by since. A clock that is set forward meanwhile ends no wait; so these
 * times are compared with each other only, and never written down.
 */
@SuppressWarnings("TimeInStaticInitializer")
public final class Stopwatch {

    private static final Instant BEGAN = Instant.now();
    private static final long NANOS = System.nanoTime();

    private Stopwatch() {}

    public static Instant now() {
        return BEGAN.plusNanos(System.nanoTime() - NANOS);
    }
}
