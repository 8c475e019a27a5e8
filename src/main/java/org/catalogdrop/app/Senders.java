package org.catalogdrop.app;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The threads that send, {@code kommo.in-flight} of them, and one more: Camel gives them the reading of the drop as well, and a
 * reader that waits must not keep the last of them from sending. How many send at once, {@link Load#beginSending} sees to. When all
 * are busy the reader waits, so that it never reads ahead.
 */
final class Senders {

    private Senders() {}

    static ExecutorService of(int inFlight) {
        int threads = inFlight + 1;
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
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
