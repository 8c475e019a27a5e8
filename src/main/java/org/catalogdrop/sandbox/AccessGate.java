package org.catalogdrop.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;

/** Lets a number of requests through in any second, and none at all once too many came too fast. */
final class AccessGate {
    private static final long SECOND = 1_000;
    private static final long MINUTE = 60_000;

    private final int perSecond;
    private final int banAfter;
    private final Deque<Long> passed = new ArrayDeque<>();
    private final Deque<Long> turnedAway = new ArrayDeque<>();
    private boolean banned;

    AccessGate(int perSecond, int banAfter) {
        this.perSecond = perSecond;
        this.banAfter = banAfter;
    }

    enum Verdict {
        PASS,
        TOO_MANY,
        BANNED
    }

    synchronized Verdict ask(long millis) {
        if (banned) {
            return Verdict.BANNED;
        }
        if (perSecond == 0) {
            return Verdict.PASS;
        }
        forget(passed, millis - SECOND);
        if (passed.size() < perSecond) {
            passed.add(millis);
            return Verdict.PASS;
        }
        forget(turnedAway, millis - MINUTE);
        turnedAway.add(millis);
        banned = banAfter > 0 && turnedAway.size() >= banAfter;
        return Verdict.TOO_MANY;
    }

    /** Lifts the block, as only support can. */
    synchronized void lift() {
        banned = false;
        passed.clear();
        turnedAway.clear();
    }

    private static void forget(Deque<Long> times, long until) {
        while (!times.isEmpty() && times.peekFirst() <= until) {
            times.removeFirst();
        }
    }
}
