package org.catalogdrop.kommo.throttle;

import java.time.Duration;
import java.util.Arrays;

/**
 * How long the last answers to requests of one kind took. From that follows the latest moment at which a request arrived: its answer came no sooner after that
 * than the quickest answers of its kind did. Not safe for many threads.
 */
final class ResponseTimes {

    /** So many answers count, at the whole rate those of the last five minutes; then a change of the route is forgotten. */
    private static final int MOST = 2048;

    /** With fewer answers nothing is known. */
    private static final int FEWEST = 7;

    /**
     * The quickest that was seen is not the quickest there is. How far these many lie apart shows how much may be missing. If times are spread evenly,
     * an answer is quicker still once in four million.
     */
    private static final int QUICK_ONES = 12;

    /** If of so many last answers... */
    private static final int RECENT = 128;

    /** ...more than so many take so much longer than the quickest, it is the server that takes its time. */
    private static final int SLOW_ONES = 42;

    private static final long SLOW = Duration.ofMillis(400).toNanos();

    /** One of so many. */
    private static final int FEW = 64;

    private boolean isSteady = true;
    private long[] latest = new long[32];
    private long[] sorted = new long[32];
    private int count;
    private int next;

    /** Takes note of an answer that took so many nanoseconds. */
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
     * What an answer time tells of the arrival of its request.
     *
     * @param least so long the answer takes after the arrival
     * @param isSteady whether all that it takes more is put down to the way there
     */
    record View(long least, boolean isSteady) {}

    /** Its request may have arrived just before it. */
    static final View UNKNOWN = new View(0, true);

    /** Returns by how much a request may be late that is not answered yet: no more than a few of them were. */
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
