package org.catalogdrop.kommo.throttle;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * The back-off after "too many requests" (429), which is the warning before a block. Nothing leaves until the time in the answer is over,
 * or for 1 second, doubled each time no request was accepted in between. Jitter keeps several programs from coming back together. Then
 * three quarters of the rate are used, and an eighth of the full rate more each half second: a warning by chance costs no more than that.
 * A warning before the full rate is reached, or more warnings than chance explains, halve the share and double the step. So a program
 * that shares the account with others converges to a rate at which it is hardly ever warned. Times are those of {@link System#nanoTime}.
 * Not safe for many threads.
 */
final class Cooldown {

    static final double LEAST_SHARE = 1.0 / 16;
    static final double STEP = 1.0 / 8;

    private static final long FIRST = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_UNTOLD = Duration.ofMinutes(10).toNanos();
    /** The longest pause that is obeyed, and the longest of our own. */
    private static final long LONGEST = Duration.ofHours(25).toNanos();

    private static final double LIGHTER = 3.0 / 4;
    private static final long FIRST_STEP = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_STEP = Duration.ofSeconds(32).toNanos();

    /** The number of warnings that may be chance. The allowance grows by one for each so many accepted requests. */
    private static final double MOST_CHANCES = 2;

    private static final double CHANCE = 1.0 / 40;

    private final DoubleSupplier random;
    private double share = 1;
    private long step = FIRST_STEP;
    private long changed;
    private long until;
    private long warned;
    private long wait = FIRST;
    private double chances = MOST_CHANCES;
    private long count;
    private boolean any;

    /** @param random returns numbers from 0 up to 1 */
    Cooldown(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * Learns of a warning.
     *
     * @param left when the request that was warned had left
     * @param requested how long the answer says to wait; zero if it does not
     * @return how long nothing may leave because of it; zero if it belongs to an earlier warning
     */
    Duration onResponse(long now, long left, Duration requested) {
        if (any && left <= warned) {
            // Several requests under way were refused at once. Only the time in the answer may be new.
            until = requested.isZero() ? until : Math.max(until, now + requested.toNanos());
            changed = Math.max(changed, until);
            return Duration.ZERO;
        }
        share(now);
        long own = (long) (wait * (0.75 + random.getAsDouble() / 2));
        // A request that left late may be warned within a longer pause that an earlier answer asked for.
        until = Math.max(until(now), now + Math.max(requested.toNanos(), own));
        if (wait == FIRST) {
            slowDown();
        }
        wait = Math.min(wait * 2, LONGEST_UNTOLD);
        changed = until;
        warned = now;
        count++;
        any = true;
        return Duration.ofNanos(until - now);
    }

    private void slowDown() {
        if (share >= 1 && chances >= 1) {
            chances--;
            share = LIGHTER;
            step = FIRST_STEP;
        } else {
            share = Math.max(share / 2, LEAST_SHARE);
            step = Math.min(step * 2, LONGEST_STEP);
        }
    }

    /** Learns that the API accepts requests again. */
    void fine() {
        wait = FIRST;
        chances = Math.min(MOST_CHANCES, chances + CHANCE);
    }

    /** Returns the share of the rate that is used, above 0 to 1. */
    double share(long now) {
        if (share < 1 && now > changed) {
            long steps = Math.min((now - changed) / step, (long) Math.ceil((1 - share) / STEP));
            share = Math.min(1, share + steps * STEP);
            changed += steps * step;
        }
        return share;
    }

    /** Returns when a request may leave again; {@code now} if there is no pause. */
    long until(long now) {
        return any && until > now ? until : now;
    }

    /** The number of bytes that {@link #write} writes. */
    static final int BYTES = 7 * Long.BYTES + 1;

    /**
     * Takes over the warnings that all rate limiters of the account have received. Whatever the bytes are, the result is a state that
     * answers could have caused.
     */
    void read(ByteBuffer from, long now) {
        boolean theirs = from.get() != 0;
        double use = from.getDouble();
        double chance = from.getDouble();
        step = Math.max(FIRST_STEP, Math.min(from.getLong(), LONGEST_STEP));
        wait = Math.max(FIRST, Math.min(from.getLong(), LONGEST_UNTOLD));
        warned = Math.min(from.getLong(), now);
        until = Math.min(from.getLong(), warned + LONGEST);
        changed = Math.min(from.getLong(), Math.max(until, now));
        share = use >= LEAST_SHARE && use <= 1 ? use : 1;
        chances = chance >= 0 && chance <= MOST_CHANCES ? chance : MOST_CHANCES;
        any = theirs;
    }

    void write(ByteBuffer to) {
        to.put((byte) (any ? 1 : 0)).putDouble(share).putDouble(chances);
        to.putLong(step).putLong(wait).putLong(warned).putLong(until).putLong(changed);
    }

    /** Returns how often this process was warned. */
    long count() {
        return count;
    }
}
