package org.catalogdrop.kommo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * When the next request may leave: evenly, each its part of a second after the one before, and never so that more than the rate leave
 * within a second. What counts is when a request truly left, not when it was given leave: one that was held up, by a new connection
 * for instance, must not arrive together with the next ones. Times are those of {@link System#nanoTime}. Not safe for many threads.
 */
final class Schedule {

    /** Requests that leave a second apart may arrive closer together by so much: 0.8 % of the rate is left unused for that. */
    static final Duration GUARD = Duration.ofMillis(8);

    private static final long SPAN = Duration.ofSeconds(1).plus(GUARD).toNanos();

    /** Who was given leave so long ago has left, whether we were told or not. */
    private static final long FORGOTTEN = Duration.ofMinutes(1).toNanos();

    private final double rate;
    private final int most;
    private final List<Permit> recent = new ArrayList<>();
    private long slot;
    private boolean begun;

    /** @param rate requests a second, more than 0 */
    Schedule(double rate) {
        this.rate = rate;
        this.most = Math.max(1, (int) Math.ceil(rate - 1e-9));
    }

    /**
     * When the next one may leave; not after {@code now} if that is at once.
     *
     * @param share how much of the rate is used, more than 0, at most 1
     */
    long next(long now, double share) {
        recent.removeIf(permit -> isPast(permit, now));
        long even = begun ? slot + interval(share) : now;
        if (recent.size() < most) {
            return even;
        }
        // So many of the earliest must be past before there is room for another.
        long[] leaving = recent.stream()
                .mapToLong(permit -> permit.isDeparted() ? permit.at() : now)
                .sorted()
                .toArray();
        return Math.max(even, leaving[recent.size() - most] + SPAN);
    }

    private static boolean isPast(Permit permit, long now) {
        return permit.isDeparted() ? now - permit.at() >= SPAN : now - permit.at() >= FORGOTTEN;
    }

    /** The next one leaves now. */
    void granted(Permit permit, long now, double share) {
        permit.grant(now);
        recent.add(permit);
        long due = begun ? slot + interval(share) : now;
        // A little late is made up for, since each waking is a little late; what was not asked for in time is gone.
        slot = now - due > interval(share) ? now : due;
        begun = true;
    }

    private long interval(double share) {
        return (long) (SPAN / (rate * share));
    }
}
