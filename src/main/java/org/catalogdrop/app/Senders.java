package org.catalogdrop.app;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads of a load: {@code kommo.in-flight} that send and one that reads. Camel's split takes the next chunk on one of its own
 * threads, so without one to spare a reader that waits for a sender would wait for itself. When all are busy the reader waits, so
 * that it never reads ahead. How many send at once is for {@link Sendings} to keep.
 */
final class Senders {

    private Senders() {}

    static ExecutorService of(int inFlight) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                inFlight + 1,
                inFlight + 1,
                10,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(inFlight),
                Senders::thread,
                Senders::await);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "catalog-sender");
        thread.setDaemon(true);
        return thread;
    }

    private static void await(Runnable task, ThreadPoolExecutor pool) {
        try {
            if (pool.isShutdown()) {
                throw new RejectedExecutionException("the loader was closed");
            }
            pool.getQueue().put(task);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("the load was interrupted", stopped);
        }
    }
}
