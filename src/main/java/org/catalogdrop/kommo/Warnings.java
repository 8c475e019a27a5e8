package org.catalogdrop.kommo;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * "Too many requests" is the warning before a block. Nothing leaves until the time told is over, or 1 second, doubled each time in a
 * row, with jitter so that several programs do not come back together. Then half the rate is used, and an eighth of the whole more at
 * each step, of 1 second at first; each warning before all is used again halves once more and doubles the step, so that a program that
 * shares the account with others comes to a rate at which it is hardly ever warned. Times are those of {@link System#nanoTime}. Not
 * safe for many threads.
 */
final class Warnings {

    static final double LEAST_SHARE = 1.0 / 16;
    static final double STEP = 1.0 / 8;

    private static final long FIRST = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_UNTOLD = Duration.ofMinutes(10).toNanos();
    private static final long FIRST_STEP = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_STEP = Duration.ofSeconds(32).toNanos();

    private final DoubleSupplier random;
    private double share = 1;
    private long step = FIRST_STEP / 2;
    private long changed;
    private long until;
    private long warned;
    private long wait = FIRST;
    private long count;

    /** @param random gives numbers from 0 up to 1 */
    Warnings(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * Takes note of a warning.
     *
     * @param left when the request that was warned had left
     * @param told how long the answer said to wait, zero if it did not
     * @return how long nothing may leave because of it; zero if it is part of a warning heard before
     */
    Duration heard(long now, long left, Duration told) {
        if (count > 0 && left <= warned) {
            // Several requests under way were turned away at once; only what it tells may be news.
            until = told.isZero() ? until : Math.max(until, now + told.toNanos());
            changed = Math.max(changed, until);
            return Duration.ZERO;
        }
        share(now);
        long own = (long) (wait * (0.75 + random.getAsDouble() / 2));
        until = now + Math.max(told.toNanos(), own);
        wait = Math.min(wait * 2, LONGEST_UNTOLD);
        share = Math.max(share / 2, LEAST_SHARE);
        step = Math.min(step * 2, LONGEST_STEP);
        changed = until;
        warned = now;
        count++;
        return Duration.ofNanos(until - now);
    }

    /** The API takes requests again. */
    void fine() {
        wait = FIRST;
    }

    /** How much of the rate is used. */
    double share(long now) {
        if (share < 1 && now > changed) {
            long steps = (now - changed) / step;
            share = Math.min(1, share + steps * STEP);
            changed += steps * step;
            if (share >= 1) {
                step = FIRST_STEP / 2;
            }
        }
        return share;
    }

    /** When something may leave again; {@code now} if nothing holds it. */
    long until(long now) {
        return count > 0 && until > now ? until : now;
    }

    /** How often there was a warning. */
    long count() {
        return count;
    }
}
