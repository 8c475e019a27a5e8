package org.catalogdrop.kommo;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What went to the API and came back since the start, in numbers. Safe for many threads. */
public final class TrafficStats {

    /** Answers that are counted one by one; the others count as {@code other}, and {@code none} is no answer. */
    public static final List<String> STATUSES = List.of(
            "200", "204", "400", "401", "402", "403", "404", "413", "422", "429", "500", "502", "503", "504", "other",
            "none");

    private static final int SECONDS = 10;

    private final InstantSource clock;
    private final Map<String, LongAdder> byStatus = new LinkedHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final long[] second = new long[SECONDS];
    private final int[] sent = new int[SECONDS];
    private Optional<Instant> lastAnswer = Optional.empty();
    private int lastStatus;
    private int failuresInRow;
    private String lastFailure = "";

    public TrafficStats(InstantSource clock) {
        this.clock = clock;
        STATUSES.forEach(status -> byStatus.put(status, new LongAdder()));
    }

    /** A request goes out. */
    public synchronized void requestSent() {
        inFlight.incrementAndGet();
        long now = clock.instant().getEpochSecond();
        int slot = (int) (now % SECONDS);
        if (second[slot] != now) {
            second[slot] = now;
            sent[slot] = 0;
        }
        sent[slot]++;
    }

    /** It came back, or is lost. */
    public void requestFinished() {
        inFlight.decrementAndGet();
    }

    /** What came back. */
    public synchronized void onResponse(Reply reply) {
        if (reply instanceof Reply.Received received) {
            String status = Integer.toString(received.status());
            byStatus.getOrDefault(status, byStatus.get("other")).increment();
            lastAnswer = Optional.of(clock.instant());
            lastStatus = received.status();
            failuresInRow = received.status() >= 500 ? failuresInRow + 1 : 0;
            lastFailure = received.status() >= 500 ? "HTTP " + status : lastFailure;
        } else if (reply instanceof Reply.Lost lost) {
            byStatus.get("none").increment();
            failuresInRow++;
            lastFailure = lost.reason();
        }
    }

    /** Returns how often each of {@link #STATUSES} was the answer. */
    public long count(String status) {
        return byStatus.get(status).sum();
    }

    /** Requests under way. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Requests a second, over the last nine whole seconds. */
    public synchronized double rate() {
        long now = clock.instant().getEpochSecond();
        int all = 0;
        for (int slot = 0; slot < SECONDS; slot++) {
            boolean whole = second[slot] < now && second[slot] >= now - SECONDS;
            all += whole ? sent[slot] : 0;
        }
        return all / (SECONDS - 1.0);
    }

    public synchronized Optional<Instant> lastAnswer() {
        return lastAnswer;
    }

    /** Returns the status of the last answer, 0 if there was none. */
    public synchronized int lastStatus() {
        return lastStatus;
    }

    /** Requests in a row that had no answer or a 5xx. */
    public synchronized int failuresInRow() {
        return failuresInRow;
    }

    /** Returns what the last of them was. */
    public synchronized String lastFailure() {
        return lastFailure;
    }
}
