package org.catalogdrop.send;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Makes the threads of a load: as many as chunks may be in flight or rest, and one that reads. Camel's split takes the next chunk on one
 * of its own threads, so without a spare one, a reader that waits for a sender would wait for itself. Threads are made on demand and end
 * when they are idle. {@link InFlight} limits how many send at once.
 */
public final class Senders {

    private Senders() {}

    public static ExecutorService of(int chunks) {
        return new ThreadPoolExecutor(
                0, chunks + 1, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), Senders::thread, Senders::await);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "catalog-sender");
        thread.setDaemon(true);
        return thread;
    }

    private static void await(Runnable task, ThreadPoolExecutor pool) {
        try {
            // Only while a sender that has just ended is not yet free.
            do {
                if (pool.isShutdown()) {
                    throw new RejectedExecutionException("the loader was closed");
                }
            } while (!pool.getQueue().offer(task, 100, TimeUnit.MILLISECONDS));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("the load was interrupted", stopped);
        }
    }
}
