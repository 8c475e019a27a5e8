package org.catalogdrop.kommo;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts requests, answers and reconciliations since the start. Safe for many threads. */
public final class TrafficStats {

    /** Answers that are counted by their status. All others count as {@code other}; {@code none} is a missing answer. */
    public static final List<String> STATUSES = List.of(
            "200", "204", "400", "401", "402", "403", "404", "413", "422", "429", "500", "502", "503", "504", "other",
            "none");

    private static final int SECONDS = 10;

    /** Called with each request that was answered, or whose answer is lost. Must return quickly. */
    @FunctionalInterface
    public interface AnswerListener {

        /**
         * @param method the HTTP method of the request
         * @param took the time since it was sent
         */
        void onAnswer(String method, Duration took);
    }

    private final InstantSource clock;
    private final Map<String, LongAdder> byStatus = new LinkedHashMap<>();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final LongAdder reconciliations = new LongAdder();
    private final List<AnswerListener> listeners = new CopyOnWriteArrayList<>();
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

    /** Counts a request that leaves. */
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

    /**
     * Counts a request whose answer came or is lost.
     *
     * @param method its HTTP method
     * @param took the time since it was sent
     */
    public void requestFinished(String method, Duration took) {
        inFlight.decrementAndGet();
        listeners.forEach(listener -> listener.onAnswer(method, took));
    }

    public void addListener(AnswerListener listener) {
        listeners.add(listener);
    }

    public void removeListener(AnswerListener listener) {
        listeners.remove(listener);
    }

    /** Counts a reconciliation: what may have been applied of a request is read back. */
    public void reconciliationBegun() {
        reconciliations.increment();
    }

    public long reconciliations() {
        return reconciliations.sum();
    }

    /** Counts an answer. */
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

    /** Returns how many answers had one of the {@link #STATUSES}. */
    public long count(String status) {
        return byStatus.get(status).sum();
    }

    /** Returns the number of requests under way. */
    public int inFlight() {
        return inFlight.get();
    }

    /** Returns the requests a second, over the last nine whole seconds. */
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

    /** Returns the status of the last answer; 0 if there was none. */
    public synchronized int lastStatus() {
        return lastStatus;
    }

    /** Returns the number of consecutive requests without an answer or with a 5xx. */
    public synchronized int failuresInRow() {
        return failuresInRow;
    }

    /** Returns the reason of the last failure. */
    public synchronized String lastFailure() {
        return lastFailure;
    }
}
