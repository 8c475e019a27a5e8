package org.catalogdrop.kommo.throttle;

import java.time.Instant;
import java.util.Optional;

/**
 * How the pace stands.
 *
 * @param requestsPerSecond at most so many, less what is left to others; 0 if there is no pace
 * @param share how much of that is used for now, above 0 to 1; less than 1 after a warning
 * @param underWay requests on their way
 * @param pausedUntil until when nothing is sent because of a warning
 * @param warnings how often the API said "too many requests"
 * @param block that the API blocks us
 * @param stopped whether the program was told to stop
 */
public record RateLimiterState(
        double requestsPerSecond,
        double share,
        int underWay,
        Optional<Instant> pausedUntil,
        long warnings,
        Optional<ApiBlock> block,
        boolean stopped) {}
