package org.catalogdrop.kommo.throttle;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * "Too many requests" is the warning before a block. Nothing leaves until the time told is over, or 1 second, doubled each time nothing was
 * taken in between, with jitter so that several programs do not come back together. Then three quarters of the rate are used, and an eighth of the
 * whole more each half second: a warning by chance costs no more than that. Whoever is warned again before all is used, or is warned too often
 * for chance, halves what is used and doubles the step, so that a program that shares the account with others comes to a rate at which it
 * is hardly ever warned. Times are those of {@link System#nanoTime}. Not safe for many threads.
 */
final class Cooldown {

    static final double LEAST_SHARE = 1.0 / 16;
    static final double STEP = 1.0 / 8;

    private static final long FIRST = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_UNTOLD = Duration.ofMinutes(10).toNanos();
    /** Longer than any answer is obeyed, and any pause of our own. */
    private static final long LONGEST = Duration.ofHours(25).toNanos();

    private static final double LIGHTER = 3.0 / 4;
    private static final long FIRST_STEP = Duration.ofMillis(500).toNanos();
    private static final long LONGEST_STEP = Duration.ofSeconds(32).toNanos();

    /** So many warnings may be chance, and one more for each so many requests taken. */
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

    /** @param random gives numbers from 0 up to 1 */
    Cooldown(DoubleSupplier random) {
        this.random = random;
    }

    /**
     * Takes note of a warning.
     *
     * @param left when the request that was warned had left
     * @param told how long the answer said to wait, zero if it did not
     * @return how long nothing may leave because of it; zero if it is part of a warning heard before
     */
    Duration onResponse(long now, long left, Duration told) {
        if (any && left <= warned) {
            // Several requests under way were turned away at once; only what it tells may be news.
            until = told.isZero() ? until : Math.max(until, now + told.toNanos());
            changed = Math.max(changed, until);
            return Duration.ZERO;
        }
        share(now);
        long own = (long) (wait * (0.75 + random.getAsDouble() / 2));
        // What left late may be warned within a longer pause that was told before.
        until = Math.max(until(now), now + Math.max(told.toNanos(), own));
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

    /** The API takes requests again. */
    void fine() {
        wait = FIRST;
        chances = Math.min(MOST_CHANCES, chances + CHANCE);
    }

    /** Returns how much of the rate is used. */
    double share(long now) {
        if (share < 1 && now > changed) {
            long steps = Math.min((now - changed) / step, (long) Math.ceil((1 - share) / STEP));
            share = Math.min(1, share + steps * STEP);
            changed += steps * step;
        }
        return share;
    }

    /** When something may leave again; {@code now} if nothing holds it. */
    long until(long now) {
        return any && until > now ? until : now;
    }

    /** How many bytes {@link #write} takes. */
    static final int BYTES = 7 * Long.BYTES + 1;

    /** Takes over what all paces of the account have heard. Whatever it says, it leads to nothing that no answer could have led to. */
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
