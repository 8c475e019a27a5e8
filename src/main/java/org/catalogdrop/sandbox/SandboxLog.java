package org.catalogdrop.sandbox;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.catalogdrop.sandbox.http.Item.Kind;

/** The log: the last requests one by one, and sums over all. */
final class SandboxLog {
    private final int size;
    private final Deque<LoggedRequest> last = new ArrayDeque<>();
    private final Deque<Long> lastSecond = new ArrayDeque<>();
    private final Map<Integer, Long> byStatus = new TreeMap<>();
    private final long[] applied = new long[Kind.values().length];
    private long refused;
    private long requests;
    private int peak;

    SandboxLog(int size) {
        this.size = size;
    }

    synchronized void recordArrival(long millis) {
        lastSecond.add(millis);
        while (lastSecond.peekFirst() <= millis - 1_000) {
            lastSecond.removeFirst();
        }
        peak = Math.max(peak, lastSecond.size());
    }

    synchronized void answered(Note note, Note.HttpRequestLine line, Instant time, int status) {
        requests++;
        byStatus.merge(status, 1L, Long::sum);
        refused += note.refused();
        for (Kind kind : Kind.values()) {
            applied[kind.ordinal()] += note.count(kind);
        }
        if (size > 0) {
            last.add(note.logged(requests, time, line, status));
            if (last.size() > size) {
                last.removeFirst();
            }
        }
    }

    synchronized List<LoggedRequest> last() {
        return new ArrayList<>(last);
    }

    synchronized void clear() {
        last.clear();
        lastSecond.clear();
        byStatus.clear();
        Arrays.fill(applied, 0);
        refused = 0;
        requests = 0;
        peak = 0;
    }

    synchronized SandboxStats stats() {
        return new SandboxStats(
                requests,
                Map.copyOf(byStatus),
                applied[Kind.ADD.ordinal()],
                applied[Kind.UPDATE.ordinal()],
                applied[Kind.DELETE.ordinal()],
                refused,
                peak);
    }
}
