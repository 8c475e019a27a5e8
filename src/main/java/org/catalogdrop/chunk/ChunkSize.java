package org.catalogdrop.chunk;

/**
 * The number of operations in a request, adapted to the API's answers: never more than set, fewer after a time-out, and then more again.
 *
 * <p>A time-out halves it, and answered requests double it again. A time-out by chance costs no more than that. If a size times out
 * whenever it is tried, the size is the reason. Then the largest size that is answered is searched by bisection, and larger sizes are
 * tried again at growing intervals. Consecutive time-outs without an answer between them count as one: the API was away. A size that was
 * refused is a ceiling for the life of the process. Safe for many threads.
 */
public final class ChunkSize {

    private static final int NONE = Integer.MAX_VALUE;
    private static final int FIRST_REST = 8;
    private static final int LONGEST_REST = 256;

    private int ceiling;
    private int size;
    /** The largest size that was answered recently. */
    private int good;
    /** A size that timed out once and is not proven good. */
    private int suspect = NONE;
    /** A size that timed out twice: too slow. */
    private int bad = NONE;
    /** The number of answers until a size near the bad one is tried again. */
    private int rest = FIRST_REST;

    private int answers;
    private boolean untried = true;
    private boolean away;

    /** @param most the size that is set, at least 1 */
    public ChunkSize(int most) {
        ceiling = most;
        size = most;
    }

    /** Returns the most operations for the next request, at least 1. */
    public synchronized int now() {
        return size;
    }

    /** Returns the largest size that is still possible. */
    public synchronized int ceiling() {
        return ceiling;
    }

    /** Learns that a request with this many operations was answered. A request with fewer than allowed says nothing about the size. */
    public synchronized void answered(int sent) {
        away = false;
        if (sent < size) {
            return;
        }
        untried = false;
        answers++;
        good = Math.min(ceiling, Math.max(good, sent));
        suspect = sent >= suspect ? NONE : suspect;
        bad = sent >= bad ? NONE : bad;
        if (size < ceiling) {
            grow();
        }
    }

    private void grow() {
        boolean close = bad != NONE && bad - size <= Math.max(1, ceiling / 16);
        if (answers < (size < good ? 1 : close ? rest : 2)) {
            return;
        }
        if (size < good) {
            tryNow(Math.min(good, size * 2 + 1));
        } else if (bad != NONE && !close) {
            tryNow((size + bad) / 2);
        } else {
            if (close) {
                bad = NONE;
                rest = Math.min(LONGEST_REST, rest * 2);
            }
            tryNow(Math.min(ceiling, size * 2 + 1));
        }
    }

    private void tryNow(int next) {
        size = next;
        answers = 0;
        untried = true;
    }

    /**
     * Learns that a request with this many operations took too long. Several requests of one size that were under way together count
     * once. One with fewer operations than allowed only halves the size: it was most likely chance.
     */
    public synchronized void tooSlow(int sent) {
        if (sent / 2 >= size) {
            return;
        }
        if (untried && !away && sent >= size) {
            suspect(sent);
        }
        away = true;
        tryNow(Math.max(1, Math.max(sent, size) / 2));
    }

    private void suspect(int sent) {
        if (bad != NONE || sent >= suspect) {
            bad = Math.min(bad, sent);
            good = good >= bad ? Math.max(1, sent / 2) : good;
        } else {
            suspect = sent;
        }
    }

    /**
     * Learns that a request with this many operations was refused for its size.
     *
     * @param most the most that the API accepts; 0 if it did not say
     */
    public synchronized void tooLarge(int sent, int most) {
        int next = most > 0 && most < sent ? most : Math.max(1, sent / 2);
        if (next < ceiling) {
            ceiling = next;
            good = Math.min(good, next);
            size = Math.min(size, next);
        }
    }

    /** Restores the ceiling, because a single operation was too large, not the number of operations. */
    public synchronized void wasOneRow(int before) {
        if (before > ceiling) {
            ceiling = before;
            tryNow(before);
        }
    }
}
