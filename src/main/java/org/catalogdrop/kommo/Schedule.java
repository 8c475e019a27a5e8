package org.catalogdrop.kommo;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When the next request may leave: evenly, each its part of a second after the one before, and never so that more than the rate leave
 * within a second. What counts is when a request arrives: one that was held up, by a new connection for instance, must not arrive
 * together with the next ones. We know when it left, and if its answer comes late, that it may have been late. Times are those of {@link System#nanoTime}. Not safe for many threads.
 */
final class Schedule {

    /** So much of each second is left unused: what leaves a second apart may arrive closer together. It costs 0.9 % of the rate. */
    private static final long EVEN = Duration.ofMillis(1009).toNanos();

    /** What must lie between a request and the one after so many as the rate. Less than the even step: only who was late meets it. */
    private static final long SPAN = Duration.ofMillis(1004).toNanos();

    /** How much longer than the quickest answer one may take for us to hold it for late on its way there; so much in advance. */
    private static final long MOST_CREDIT = Duration.ofMillis(250).toNanos();

    /** And so much for each request: less than the even step leaves, so that the rate does not suffer. */
    private static final long CREDIT = (EVEN - SPAN) / 2;

    /** After warnings up to so much: then it is the jitter that costs, not the care. */
    private static final long LARGEST_CREDIT = Duration.ofMillis(40).toNanos();

    /** Who was given leave so long ago has left, whether we were told or not. */
    private static final long FORGOTTEN = Duration.ofMinutes(1).toNanos();

    /** A process that has died does not say when its request left; after so long it is looked whether it has. */
    private static final long SUSPECT = Duration.ofSeconds(2).toNanos();

    private double rate;
    private int most;
    private final List<Permit> recent = new ArrayList<>();
    private final long[] answers = new long[32];
    private int answered;
    private long credit = MOST_CREDIT;
    private long each = CREDIT;
    private long slot;
    private boolean begun;

    /** @param rate requests a second, more than 0 */
    Schedule(double rate) {
        setRate(rate);
    }

    /** From now on so many requests a second, more than 0. */
    void setRate(double requests) {
        rate = requests;
        most = Math.max(1, (int) Math.ceil(requests - 1e-9));
    }

    /** Takes over what other paces of the account have written. What was given by this one is known better here. */
    void read(ByteBuffer from, long now) {
        slot = Math.min(from.getLong(), now);
        begun = from.get() != 0 || begun;
        recent.removeIf(permit -> !permit.isOwn());
        Set<Long> own = recent.stream().map(Permit::id).collect(Collectors.toSet());
        for (int left = from.getInt(); left > 0; left--) {
            Permit permit = Permit.read(from);
            // A date yet to come is none: the clock was set back, or somebody has written rubbish.
            if (!own.contains(permit.id()) && permit.at() <= now && permit.endedAt(now) <= now) {
                recent.add(permit);
            }
        }
    }

    void write(ByteBuffer to) {
        to.putLong(slot).put((byte) (begun ? 1 : 0)).putInt(recent.size());
        recent.forEach(permit -> permit.write(to));
    }

    /** How many bytes {@link #write} takes. */
    int bytes() {
        return Long.BYTES + 1 + Integer.BYTES + recent.size() * Permit.BYTES;
    }

    /** Nothing is known of the last second, so it may have been full. */
    void assumeFull(long now) {
        for (int i = recent.size(); i < most; i++) {
            Permit permit = new Permit(null);
            permit.depart(now);
            permit.end(now);
            recent.add(permit);
        }
    }

    /** Whether another process has requests on their way, of which it may tell more at any moment. */
    boolean waitsForOthers() {
        return recent.stream().anyMatch(permit -> !permit.isOwn() && !permit.isEnded());
    }

    /**
     * When the next one may leave; not after {@code now} if that is at once.
     *
     * @param share how much of the rate is used, more than 0, at most 1
     */
    long next(long now, double share) {
        forgetPast(now);
        long even = begun ? slot + interval(share) : now;
        if (recent.size() < most) {
            return even;
        }
        // So many of the earliest must be past before there is room for another.
        Permit last = recent.stream()
                .sorted(Comparator.comparingLong(permit -> arrived(permit, now)))
                .skip((long) recent.size() - most)
                .findFirst()
                .orElseThrow();
        return Math.max(even, arrived(last, now) + SPAN);
    }

    private void forgetPast(long now) {
        for (Iterator<Permit> all = recent.iterator(); all.hasNext(); ) {
            Permit permit = all.next();
            if (!permit.isDeparted() && now - permit.at() > SUSPECT && permit.isOrphan()) {
                permit.depart(permit.at());
            }
            long arrived = arrived(permit, now);
            if (permit.isDeparted() ? now - arrived >= SPAN : now - permit.at() >= FORGOTTEN) {
                credit -= arrived - left(permit, now);
                all.remove();
            }
        }
    }

    private static long left(Permit permit, long now) {
        return permit.isDeparted() ? permit.at() : now;
    }

    /** When it may have arrived: an answer later than others may mean that the request was late already. */
    private long arrived(Permit permit, long now) {
        long left = left(permit, now);
        long late = permit.endedAt(now) - (permit.isOwn() ? quickest() : permit.quickest()) - left;
        return left + Math.max(0, Math.min(late, credit));
    }

    private long quickest() {
        return Arrays.stream(answers, 0, Math.min(answered, answers.length))
                .min()
                .orElse(0);
    }

    /** In spite of all this too many arrived at once: from now on lateness is taken more seriously. */
    void warned() {
        each = Math.min(2 * each, LARGEST_CREDIT);
        credit = MOST_CREDIT;
    }

    /** It is over. */
    void ended(Permit permit, long now) {
        permit.end(now);
        answers[answered++ % answers.length] = now - permit.at();
        answered = answered == 2 * answers.length ? answers.length : answered;
    }

    /** The next one leaves now. */
    void granted(Permit permit, long now, double share) {
        permit.grant(now);
        permit.expect(quickest());
        credit = Math.min(MOST_CREDIT, credit + each);
        recent.add(permit);
        long due = begun ? slot + interval(share) : now;
        // A little late is made up for, since each waking is a little late; what was not asked for in time is gone.
        slot = now - due > interval(share) ? now : due;
        begun = true;
    }

    private long interval(double share) {
        return (long) (EVEN / (rate * share));
    }
}
