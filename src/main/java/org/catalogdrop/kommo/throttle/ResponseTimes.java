package org.catalogdrop.kommo.throttle;

import java.time.Duration;
import java.util.Arrays;

/**
 * The times of the last answers to requests of one kind. They show the latest moment at which a request can have arrived: its answer came
 * no sooner after that than the quickest answers of its kind do. Not safe for many threads.
 */
final class ResponseTimes {

    /** The most answers that count; at the full rate those of the last five minutes. A change of the route is forgotten after that. */
    private static final int MOST = 2048;

    /** With fewer answers nothing is known. */
    private static final int FEWEST = 7;

    /**
     * The number of quickest answers whose spread is measured. The quickest answer seen is not the quickest possible, and the spread
     * shows how much may be missing. If times are spread evenly, an answer is quicker still once in four million.
     */
    private static final int QUICK_ONES = 12;

    /** The number of last answers that decide whether the server is slow. */
    private static final int RECENT = 128;

    /** The number of slow answers among these from which on the server counts as the reason. */
    private static final int SLOW_ONES = 42;

    private static final long SLOW = Duration.ofMillis(400).toNanos();

    /** The reciprocal of the share of answers that are ignored as outliers. */
    private static final int FEW = 64;

    private boolean isSteady = true;
    private long[] latest = new long[32];
    private long[] sorted = new long[32];
    private int count;
    private int next;

    /** Adds the time of an answer, in nanoseconds. */
    void add(long took) {
        if (count == MOST) {
            int oldest = Arrays.binarySearch(sorted, 0, count, latest[next]);
            System.arraycopy(sorted, oldest + 1, sorted, oldest, count - oldest - 1);
            count--;
        } else if (count == latest.length) {
            latest = Arrays.copyOf(latest, 2 * count);
            sorted = Arrays.copyOf(sorted, 2 * count);
        }
        int found = Arrays.binarySearch(sorted, 0, count, took);
        int at = found < 0 ? -found - 1 : found;
        System.arraycopy(sorted, at, sorted, at + 1, count - at);
        sorted[at] = took;
        latest[next] = took;
        count++;
        next = (next + 1) % MOST;
        isSteady = isSteady();
    }

    private boolean isSteady() {
        int recent = Math.min(count, RECENT);
        int slow = 0;
        for (int i = 1; i <= recent; i++) {
            slow += latest[(next - i + MOST) % MOST] - sorted[0] > SLOW ? 1 : 0;
        }
        return slow <= SLOW_ONES;
    }

    /**
     * What an answer time says about the arrival of its request.
     *
     * @param least the least time of an answer after the arrival of its request
     * @param isSteady whether all time beyond that is attributed to the network
     */
    record View(long least, boolean isSteady) {}

    /** The view without any knowledge: the request may have arrived just before its answer. */
    static final View UNKNOWN = new View(0, true);

    /** Returns by how much an unanswered request may be late: all but a few were not later than that. */
    long lateness() {
        return count == 0 ? 0 : Math.min(SLOW, sorted[count - 1 - count / FEW] - sorted[0]);
    }

    /** Returns what is known of answers of this kind. */
    View view() {
        return count < FEWEST ? UNKNOWN : new View(isSteady ? least() : sorted[0], isSteady);
    }

    private long least() {
        return Math.max(0, sorted[0] - (sorted[Math.min(QUICK_ONES, count) - 1] - sorted[0]));
    }
}
