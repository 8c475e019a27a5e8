package org.catalogdrop.chunk;

/**
 * How many operations a request may have, as the API's answers teach it: never more than set, fewer after a time-out, and then more again.
 *
 * <p>A time-out halves it, and it doubles back with the requests that are answered. One that comes by chance costs no more than that. If a
 * size times out whenever it is tried, the size is the reason: then the largest that is answered is searched for by halving the gap, and
 * what lies beyond is tried again at longer and longer intervals. Time-outs without an answer between them count as one: the API was away.
 * What was refused for its size is a ceiling for as long as the process lives. Safe for many threads.
 */
public final class ChunkSize {

    private static final int NONE = Integer.MAX_VALUE;
    private static final int FIRST_REST = 8;
    private static final int LONGEST_REST = 256;

    private int ceiling;
    private int size;
    /** The largest that was answered lately. */
    private int good;
    /** Timed out once, at a size not proven good. */
    private int suspect = NONE;
    /** Timed out again: too slow. */
    private int bad = NONE;
    /** How many answers it takes until more is tried than what is next to bad. */
    private int rest = FIRST_REST;

    private int answers;
    private boolean untried = true;
    private boolean away;

    /** @param most what is set, at least 1 */
    public ChunkSize(int most) {
        ceiling = most;
        size = most;
    }

    /** Returns the most operations for the next request, at least 1. */
    public synchronized int now() {
        return size;
    }

    /** The most there will be. */
    public synchronized int ceiling() {
        return ceiling;
    }

    /** A request with so many operations was answered. One with fewer than may be says nothing of the size. */
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
     * A request with so many operations took too long. Several of one size that were under way together count once. One with
     * fewer than may be only halves what may be: most likely it was chance.
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
     * A request with so many operations was refused for its size.
     *
     * @param most the most the API takes, 0 if it did not say
     */
    public synchronized void tooLarge(int sent, int most) {
        int next = most > 0 && most < sent ? most : Math.max(1, sent / 2);
        if (next < ceiling) {
            ceiling = next;
            good = Math.min(good, next);
            size = Math.min(size, next);
        }
    }

    /** It was a single operation that was too large, not their number: the ceiling is what it was before. */
    public synchronized void wasOneRow(int before) {
        if (before > ceiling) {
            ceiling = before;
            tryNow(before);
        }
    }
}
