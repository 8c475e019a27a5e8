package org.catalogdrop.kommo.throttle;

import java.time.Duration;
import java.time.Instant;

/**
 * A block by the API. Nothing is sent before {@code until}; then a single request shows whether it still lasts.
 *
 * @param since when it was first seen
 * @param until nothing is sent before this time
 * @param times how often it was seen in a row
 * @param said the answer, shortened
 */
public record ApiBlock(Instant since, Instant until, int times, String said) {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    static ApiBlock first(Instant now, String said) {
        return new ApiBlock(now, now.plus(FIRST), 1, said);
    }

    /** Returns the block after it was seen once more: twice the pause, up to an hour. */
    ApiBlock again(Instant now, String last) {
        Duration pause = FIRST.multipliedBy(1L << Math.min(times, 10));
        return new ApiBlock(since, now.plus(pause.compareTo(LONGEST) > 0 ? LONGEST : pause), times + 1, last);
    }
}
