package org.catalogdrop.camel;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Stopwatch;
import org.catalogdrop.model.Summary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers summaries one after the other on a thread of its own, so that no load waits for it. A delivery that fails is tried again after
 * pauses that grow. What waits is kept in memory only. Safe for many threads.
 */
final class DeliveryQueue {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryQueue.class);

    /** The most summaries that wait. When there would be more, the oldest is given up. */
    private static final int MOST = 1000;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final Duration GIVE_UP = Duration.ofHours(1);

    /**
     * What came of one try.
     *
     * @param fault why it failed; empty if it did not
     * @param passing whether the next try may succeed
     */
    record Attempt(Optional<String> fault, boolean passing) {

        static final Attempt DONE = new Attempt(Optional.empty(), false);

        static Attempt failed(String fault, boolean passing) {
            return new Attempt(Optional.of(fault), passing);
        }
    }

    /** Tries once to deliver a summary. */
    interface Delivery {
        Attempt attempt(Summary summary);
    }

    private final String receiver;
    private final Delivery delivery;
    private final Deque<Summary> waiting = new ArrayDeque<>();
    private Optional<Thread> worker = Optional.empty();
    private boolean ending;

    /** @param receiver who gets the summaries, for messages and without secrets */
    DeliveryQueue(String receiver, Delivery delivery) {
        this.receiver = receiver;
        this.delivery = delivery;
    }

    /** Delivers a summary soon, after those that came before. */
    synchronized void add(Summary summary) {
        if (ending) {
            giveUp(summary, "the program is ending");
            return;
        }
        if (waiting.size() == MOST) {
            giveUp(waiting.removeFirst(), MOST + " others wait");
        }
        waiting.addLast(summary);
        if (worker.isEmpty()) {
            Thread thread = new Thread(this::work, "catalog-delivery");
            thread.setDaemon(true);
            worker = Optional.of(thread);
            thread.start();
        }
        notifyAll();
    }

    private void work() {
        try {
            for (Optional<Summary> next = next(); next.isPresent(); next = next()) {
                deliver(next.get());
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Summary> next() throws InterruptedException {
        while (waiting.isEmpty() && !ending) {
            wait();
        }
        return Optional.ofNullable(waiting.pollFirst());
    }

    private void deliver(Summary summary) throws InterruptedException {
        Instant end = Stopwatch.now().plus(GIVE_UP);
        Duration pause = FIRST_PAUSE;
        Attempt attempt = attempt(summary);
        while (attempt.fault().isPresent()) {
            String fault = attempt.fault().get();
            if (!attempt.passing() || !Stopwatch.now().isBefore(end) || !awaitPause(pause)) {
                giveUp(summary, fault);
                return;
            }
            if (pause.equals(FIRST_PAUSE)) {
                LOG.warn(
                        "{}: {} could not be notified ({}). Trying again in the background.",
                        name(summary),
                        receiver,
                        fault);
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            attempt = attempt(summary);
        }
    }

    private Attempt attempt(Summary summary) {
        try {
            return delivery.attempt(summary);
        } catch (RuntimeException fault) {
            return Attempt.failed(fault.getClass().getSimpleName(), false);
        }
    }

    /** Returns false if the pause is cut short because the program ends. */
    private synchronized boolean awaitPause(Duration pause) throws InterruptedException {
        Instant end = Stopwatch.now().plus(pause);
        while (!ending) {
            long left = Duration.between(Stopwatch.now(), end).toMillis();
            if (left <= 0) {
                return true;
            }
            wait(left);
        }
        return false;
    }

    private void giveUp(Summary summary, String fault) {
        LOG.warn(
                "{}: {} was not notified ({}). The drop has ended as reported; only the notification is missing.",
                name(summary),
                receiver,
                fault);
    }

    private static String name(Summary summary) {
        return NormalizedName.show(summary.drop());
    }

    /** Takes summaries again after an end. */
    synchronized void begin() {
        ending = false;
    }

    /** Tries once more to deliver what waits, until then at the latest. */
    void end(Instant until) {
        Optional<Thread> thread;
        synchronized (this) {
            ending = true;
            thread = worker;
            worker = Optional.empty();
            notifyAll();
        }
        if (thread.isEmpty()) {
            return;
        }
        try {
            thread.get()
                    .join(Math.max(1, Duration.between(Stopwatch.now(), until).toMillis()));
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            thread.get().interrupt();
            waiting.forEach(summary -> giveUp(summary, "the program is ending"));
            waiting.clear();
        }
    }
}
