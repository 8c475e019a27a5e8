package org.catalogdrop.kommo.throttle;

import java.time.Instant;
import java.util.Optional;

/**
 * The state of the rate limiter.
 *
 * @param requestsPerSecond the limit, less what is reserved for others; 0 if there is none
 * @param share the share of the limit that is used now, above 0 to 1; less than 1 after a warning
 * @param underWay the number of requests under way
 * @param pausedUntil until when nothing is sent because of a warning
 * @param warnings how often the API said "too many requests"
 * @param block the block by the API; empty if there is none
 * @param stopped whether the program is stopping
 */
public record RateLimiterState(
        double requestsPerSecond,
        double share,
        int underWay,
        Optional<Instant> pausedUntil,
        long warnings,
        Optional<ApiBlock> block,
        boolean stopped) {}
