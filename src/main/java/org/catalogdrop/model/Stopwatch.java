package org.catalogdrop.model;

import java.time.Instant;

/**
 * A clock for waits that nobody can set: the start of the program plus the time elapsed since, by {@link System#nanoTime()}. Compare its
 * times only with each other, and never store them. Safe for many threads.
 */
@SuppressWarnings("TimeInStaticInitializer")
public final class Stopwatch {

    private static final Instant BEGAN = Instant.now();
    private static final long NANOS = System.nanoTime();

    private Stopwatch() {}

    /**
     * Returns the time for measuring waits.
     *
     * @return a time that grows steadily, whatever happens to the machine's clock
     */
    public static Instant now() {
        return BEGAN.plusNanos(System.nanoTime() - NANOS);
    }
}
