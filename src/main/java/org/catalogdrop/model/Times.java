package org.catalogdrop.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes times for messages, without fractions of a second. Stateless. */
public final class Times {

    private Times() {}

    /**
     * Returns a time in ISO 8601, in UTC, to the second.
     *
     * @param time a time
     * @return for example {@code 2026-11-29T16:00:00Z}
     */
    public static String of(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
