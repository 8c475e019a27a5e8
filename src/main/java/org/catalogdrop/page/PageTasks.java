package org.catalogdrop.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.page.http.Flash;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that a page has begun and that takes longer than a browser waits: one after the other, on a thread of its own. What came of it is shown on
 * the first page for an hour. Safe for many threads.
 */
public final class PageTasks {

    private static final Logger LOG = LoggerFactory.getLogger(PageTasks.class);

    private static final int WAITING = 10;
    private static final int SHOWN = 5;
    private static final Duration KEPT = Duration.ofHours(1);

    private final ThreadPoolExecutor thread =
            new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                Thread one = new Thread(task, "catalog-page-task");
                one.setDaemon(true);
                return one;
            });
    private final Set<String> keys = new HashSet<>();
    private final Deque<Ended> ended = new ArrayDeque<>();
    private Optional<String> current = Optional.empty();

    private record Ended(Instant at, Flash flash) {}

    PageTasks() {
        thread.allowCoreThreadTimeOut(true);
    }

    /** What came of an attempt to begin work. */
    enum Begun {
        /** It begins when all that came before has ended. */
        NOW,
        /** The same work waits or is being done already. */
        BEFORE,
        /** Too much waits already. */
        FULL
    }

    /**
     * Begins work, when all that came before has ended. The same work is not begun twice.
     *
     * @param key identifies the work
     * @param words what it does, as in "looking up the rows in doubt of goods.csv"
     * @param work returns what came of it, in a sentence
     */
    synchronized Begun begin(String key, String words, Callable<String> work) {
        if (!keys.add(key)) {
            return Begun.BEFORE;
        }
        try {
            thread.execute(() -> run(key, words, work));
            return Begun.NOW;
        } catch (RejectedExecutionException full) {
            keys.remove(key);
            return Begun.FULL;
        }
    }

    private synchronized void forget(String key) {
        keys.remove(key);
    }

    private void run(String key, String words, Callable<String> work) {
        change(Optional.of(words));
        try {
            end(true, words + ": " + work.call());
        } catch (RunHalted | DropRefused why) {
            end(false, words + ": " + why.getMessage());
        } catch (Exception fault) {
            LOG.warn("{} failed", words, fault);
            end(false, words + ": failed. The log of the program says why.");
        } finally {
            forget(key);
            change(Optional.empty());
        }
    }

    private synchronized void change(Optional<String> words) {
        current = words;
    }

    private synchronized void end(boolean good, String text) {
        ended.addFirst(new Ended(Instant.now(), new Flash(good, text)));
        while (ended.size() > SHOWN) {
            ended.removeLast();
        }
    }

    /** Returns what is done now. */
    public synchronized Optional<String> current() {
        return current;
    }

    /** Returns what came of the last work, the latest first. */
    public synchronized List<Flash> ended() {
        ended.removeIf(one -> one.at().plus(KEPT).isBefore(Instant.now()));
        List<Flash> flashes = new ArrayList<>();
        ended.forEach(one -> flashes.add(one.flash()));
        return flashes;
    }
}
