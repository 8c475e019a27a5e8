package org.catalogdrop.kommo.throttle;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Decides when the next request may leave: on an even grid, and never so that more than the rate may arrive within a second. The arrival
 * at the server counts, and nobody reports it. It is after the departure, and not later than the answer less the least time that answers
 * of its kind take. That moment is the request's date. From then on it holds its place for a second. A request that leaves now may arrive
 * at once, so it leaves only when fewer than the rate hold a place. If many answers are later than requests can overtake each other, the
 * server is slow. Such answers count only within a credit that does not cost the rate. Times are those of {@link System#nanoTime}. Not
 * safe for many threads.
 */
final class Schedule {

    /**
     * The length of a second on the grid. It leaves 9 ms unused, so that small noise of the network never matters, and costs 0.9 % of the
     * rate.
     */
    private static final long EVEN = Duration.ofMillis(1009).toNanos();

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** By how much the server's second may be longer than ours: its clock may just be adjusted, a little in each second. */
    private static final long LEAST_GUARD = Duration.ofNanos(500_000).toNanos();

    /** The largest such reserve, after warnings. */
    private static final long LARGEST_GUARD = Duration.ofMillis(16).toNanos();

    /** A request arrives at the latest this long after the answer to a request that left later. */
    private static final long JITTER = Duration.ofSeconds(1).toNanos();

    /** The longest time without any answer in which everything may be held up in the network. Longer delays are the server's. */
    private static final long LONGEST_STALL = Duration.ofSeconds(3).toNanos();

    /** The credit for lateness that may be the server's: the most that is available in advance. */
    private static final long MOST_CREDIT = Duration.ofMillis(250).toNanos();

    /** The credit that each request adds: less than the reserve of the grid, so that the rate does not suffer. */
    private static final long CREDIT = Duration.ofNanos(2_500_000).toNanos();

    /** The largest such credit, after warnings. */
    private static final long LARGEST_CREDIT = Duration.ofMillis(40).toNanos();

    /** The time after which a permitted request counts as sent, even if nobody reported it. */
    private static final long FORGOTTEN = Duration.ofMinutes(1).toNanos();

    /**
     * The time after which the process of a permitted request is checked: a process that has died does not report when its request left.
     */
    private static final long SUSPECT = Duration.ofSeconds(2).toNanos();

    /** The number of kinds of requests whose answer times are kept. */
    private static final int MOST_KINDS = 64;

    private double rate;
    private int most;
    private final List<Permit> recent = new ArrayList<>();
    private final ResponseTimes all = new ResponseTimes();
    private final Map<String, ResponseTimes> kinds = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ResponseTimes> eldest) {
            return size() > MOST_KINDS;
        }
    };
    private long guard = LEAST_GUARD;
    private long credit = MOST_CREDIT;
    private long each = CREDIT;
    private long slot;
    private long fullUntil = Long.MIN_VALUE;
    private boolean begun;
    private boolean isWary;

    /** @param rate requests a second, more than 0 */
    Schedule(double rate) {
        setRate(rate);
    }

    /** Sets the rate, in requests a second, more than 0. */
    void setRate(double requests) {
        rate = requests;
        most = Math.max(1, (int) Math.ceil(requests - 1e-9));
    }

    /** Takes over what other rate limiters of the account have written. Permits of this one are better known here. */
    void read(ByteBuffer from, long now) {
        slot = Math.min(from.getLong(), now);
        begun = from.get() != 0 || begun;
        recent.removeIf(permit -> !permit.isOwn());
        Map<Long, Permit> own = recent.stream().collect(Collectors.toMap(Permit::id, permit -> permit));
        for (int left = from.getInt(); left > 0; left--) {
            Permit permit = Permit.read(from);
            // A date in the future is ignored: the clock was set back, or somebody has written rubbish.
            if (own.containsKey(permit.id())) {
                own.get(permit.id()).overtake(permit.overtaken());
            } else if (permit.at() <= now && permit.endedAt(now) <= now) {
                recent.add(permit);
            }
        }
        if (from.remaining() >= Long.BYTES) {
            fullUntil = Math.max(fullUntil, Math.min(from.getLong(), now));
        }
    }

    void write(ByteBuffer to) {
        to.putLong(slot).put((byte) (begun ? 1 : 0)).putInt(recent.size());
        recent.forEach(permit -> {
            if (permit.isOwn()) {
                permit.setView(view(permit));
            }
            permit.write(to);
        });
        to.putLong(fullUntil);
    }

    /** Returns the number of bytes that {@link #write} writes. */
    int bytes() {
        return 2 * Long.BYTES + 1 + Integer.BYTES + recent.size() * Permit.BYTES;
    }

    /** Assumes that the last second was full, because nothing is known of it. */
    void assumeFull(long now) {
        for (int i = recent.size(); i < most; i++) {
            Permit permit = new Permit(null);
            permit.recordDeparture(now);
            permit.end(now);
            recent.add(permit);
        }
    }

    /** Returns whether another process has requests under way, of which it may report more at any moment. */
    boolean waitsForOthers() {
        return recent.stream().anyMatch(permit -> !permit.isOwn() && !permit.isEnded());
    }

    /**
     * Returns when the next request may leave; not after {@code now} if that is at once.
     *
     * @param share the share of the rate that is used, more than 0, at most 1
     */
    long next(long now, double share) {
        forgetPast(now);
        long even = begun ? slot + interval(share) : now;
        if (recent.size() < most) {
            return even;
        }
        // This many of the earliest must be past before there is room for another.
        Permit last = recent.stream()
                .sorted(Comparator.comparingLong(permit -> arrived(permit, now)))
                .skip((long) recent.size() - most)
                .findFirst()
                .orElseThrow();
        return Math.max(even, arrived(last, now) + SECOND + guard);
    }

    private void forgetPast(long now) {
        for (Iterator<Permit> permits = recent.iterator(); permits.hasNext(); ) {
            Permit permit = permits.next();
            if (!permit.isDeparted() && now - permit.at() > SUSPECT && permit.isOrphan()) {
                permit.recordDeparture(permit.at());
            }
            long arrived = arrived(permit, now);
            long past = arrived + SECOND + guard;
            if (permit.isDeparted() ? now >= past : now - permit.at() >= FORGOTTEN) {
                credit -= view(permit).isSteady() ? 0 : arrived - left(permit, now);
                fullUntil = recent.size() >= most ? Math.max(fullUntil, Math.min(past, now)) : fullUntil;
                permits.remove();
            }
        }
    }

    private static long left(Permit permit, long now) {
        return permit.isDeparted() ? permit.at() : now;
    }

    /** Returns the latest moment at which a request arrived, or may still arrive. */
    private long arrived(Permit permit, long now) {
        long left = left(permit, now);
        ResponseTimes.View view = view(permit);
        long late = permit.endedAt(now) - view.least() - left;
        if (isWary && !permit.isEnded()) {
            late = Math.max(late, all.lateness());
        }
        return left + Math.max(0, Math.min(late, view.isSteady() ? longest(permit, left) : credit));
    }

    private static long longest(Permit permit, long left) {
        return permit.isOvertaken() ? Math.min(LONGEST_STALL, permit.overtaken() - left + JITTER) : LONGEST_STALL;
    }

    private ResponseTimes.View view(Permit permit) {
        if (!permit.isOwn()) {
            return permit.view();
        }
        ResponseTimes times = permit.kind() == null ? all : kinds.get(permit.kind());
        return times == null ? ResponseTimes.UNKNOWN : times.view();
    }

    /** Takes lateness more seriously from now on, because too many requests arrived at once. */
    void warned() {
        isWary = true;
        guard = Math.min(2 * guard, LARGEST_GUARD);
        each = Math.min(2 * each, LARGEST_CREDIT);
        credit = MOST_CREDIT;
    }

    /**
     * Records an answer.
     *
     * @param at when the answer began
     * @param kind answers to requests of one kind take about the same time
     */
    void answered(Permit permit, long at, String kind) {
        if (permit.isDeparted() && at >= permit.at()) {
            permit.setKind(kind);
            all.add(at - permit.at());
            kinds.computeIfAbsent(kind, one -> new ResponseTimes()).add(at - permit.at());
        }
        over(permit, at);
        recent.stream()
                .filter(other -> other.isDeparted() && other.at() < permit.at())
                .forEach(other -> other.overtake(at));
    }

    /** Records that a request ended without an answer. */
    void lost(Permit permit, long now) {
        over(permit, now);
    }

    private static void over(Permit permit, long at) {
        if (!permit.isDeparted()) {
            permit.recordDeparture(at);
        }
        permit.end(at);
    }

    /** Records that the next request leaves now. */
    void granted(Permit permit, long now, double share) {
        permit.grant(now);
        credit = Math.min(MOST_CREDIT, credit + each);
        recent.add(permit);
        long due = begun ? slot + interval(share) : now;
        // The grid catches up with what others held up, and with a little lateness, because each waking is a little
        // late. Slots that nobody asked for in time are lost.
        boolean late = now - Math.max(due, fullUntil) > interval(share);
        slot = late ? now : Math.max(due, now - (long) (EVEN / share));
        begun = true;
    }

    private long interval(double share) {
        return (long) (EVEN / (rate * share));
    }
}
