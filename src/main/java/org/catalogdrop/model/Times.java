package org.catalogdrop.model;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times in messages: people need no fractions of a second. */
public final class Times {

    private Times() {}

    /** Returns a time in ISO 8601, UTC, to the second. */
    public static String of(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
