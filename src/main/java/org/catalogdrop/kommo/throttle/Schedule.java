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
 * When the next request may leave: on an even grid, and never so that more than the rate may arrive within a second. What counts is the
 * arrival at the server, which nobody tells us. It lies between the departure and the answer, and not later than the answer less the
 * least time that answers of its kind take. That moment is the request's date; from it on it holds its place for a second. A request
 * that leaves now may arrive at once, so it leaves only when fewer than the rate hold a place. Answers of which many are later than
 * requests overtake each other tell of a server that takes its time. They count only out of a credit that does not cost the rate.
 * Times are those of {@link System#nanoTime}. Not safe for many threads.
 */
final class Schedule {

    /** The grid leaves so much of each second unused: noise of the way that small never matters. It costs 0.9 % of the rate. */
    private static final long EVEN = Duration.ofMillis(1009).toNanos();

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    /** By so much the server's second may be longer than ours: its clock may just be set, a little in each second. */
    private static final long LEAST_GUARD = Duration.ofNanos(500_000).toNanos();

    /** After warnings by up to so much. */
    private static final long LARGEST_GUARD = Duration.ofMillis(16).toNanos();

    /** Once a request that left after it is answered, a request is not later than that on its way. */
    private static final long JITTER = Duration.ofSeconds(1).toNanos();

    /** If nothing is answered, everything may be held up on the way. What takes longer than that is the server. */
    private static final long LONGEST_STALL = Duration.ofSeconds(3).toNanos();

    /** Lateness that the server may be the reason of is heeded by so much in advance. */
    private static final long MOST_CREDIT = Duration.ofMillis(250).toNanos();

    /** And by so much for each request: less than the even step leaves, so that the rate does not suffer. */
    private static final long CREDIT = Duration.ofNanos(2_500_000).toNanos();

    /** After warnings by up to so much. */
    private static final long LARGEST_CREDIT = Duration.ofMillis(40).toNanos();

    /** Who was given leave so long ago has left, whether we were told or not. */
    private static final long FORGOTTEN = Duration.ofMinutes(1).toNanos();

    /** A process that has died does not say when its request left; after so long it is looked whether it has. */
    private static final long SUSPECT = Duration.ofSeconds(2).toNanos();

    /** Of so many kinds of requests the answer times are kept. */
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
        Map<Long, Permit> own = recent.stream().collect(Collectors.toMap(Permit::id, permit -> permit));
        for (int left = from.getInt(); left > 0; left--) {
            Permit permit = Permit.read(from);
            // A date yet to come is none: the clock was set back, or somebody has written rubbish.
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

    /** Returns how many bytes {@link #write} takes. */
    int bytes() {
        return 2 * Long.BYTES + 1 + Integer.BYTES + recent.size() * Permit.BYTES;
    }

    /** Nothing is known of the last second, so it may have been full. */
    void assumeFull(long now) {
        for (int i = recent.size(); i < most; i++) {
            Permit permit = new Permit(null);
            permit.recordDeparture(now);
            permit.end(now);
            recent.add(permit);
        }
    }

    /** Returns whether another process has requests on their way, of which it may tell more at any moment. */
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

    /** Returns the latest moment at which it arrived, or may yet. */
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

    /** In spite of all this too many arrived at once: from now on lateness is taken more seriously. */
    void warned() {
        isWary = true;
        guard = Math.min(2 * guard, LARGEST_GUARD);
        each = Math.min(2 * each, LARGEST_CREDIT);
        credit = MOST_CREDIT;
    }

    /**
     * It was answered.
     *
     * @param at when the answer began to come
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

    /** It is over without an answer. */
    void lost(Permit permit, long now) {
        over(permit, now);
    }

    private static void over(Permit permit, long at) {
        if (!permit.isDeparted()) {
            permit.recordDeparture(at);
        }
        permit.end(at);
    }

    /** The next one leaves now. */
    void granted(Permit permit, long now, double share) {
        permit.grant(now);
        credit = Math.min(MOST_CREDIT, credit + each);
        recent.add(permit);
        long due = begun ? slot + interval(share) : now;
        // What others held up is caught up with; so is a little lateness, since each waking is a little late. What was
        // not asked for in
        // time is gone.
        boolean late = now - Math.max(due, fullUntil) > interval(share);
        slot = late ? now : Math.max(due, now - (long) (EVEN / share));
        begun = true;
    }

    private long interval(double share) {
        return (long) (EVEN / (rate * share));
    }
}
