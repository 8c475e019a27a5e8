package org.catalogdrop.observability;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A bounded number of threads for a {@link com.sun.net.httpserver.HttpServer}, which give up on a client that is slow. That server has limits of
 * its own ({@code maxReqTime}, {@code maxRspTime}), but only for the whole process, and they would end event streams and long uploads.
 *
 * <p>A thread begins with reading the head of a request; the limit counts from there until {@link #headRead}. After that it counts only
 * during {@link #within}, {@link #close(HttpExchange)} and reads of a {@link #timed} stream. When it is over, the thread is interrupted, which closes the connection. Work
 * between is never interrupted, because an interrupt would close the files that it has open.
 *
 * <p>Safe for many threads.
 */
public final class ExchangeThreads implements Executor, AutoCloseable {

    /** How long a client may take to send the head of a request. */
    public static final Duration SLOWEST = Duration.ofSeconds(10);

    /** How long the rest of a request is waited for when its answer is written. */
    private static final Duration SLOWEST_REST = Duration.ofSeconds(1);

    private static final long EACH_MILLIS = 500;
    private static final ThreadLocal<Limit> CURRENT = new ThreadLocal<>();

    private final Set<Limit> limits = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor threads;
    private final ScheduledExecutorService clock;
    private final Duration slowest;

    /** Input and output with a client. */
    @FunctionalInterface
    public interface Transfer {

        /** Reads or writes. */
        void run() throws IOException;
    }

    private ExchangeThreads(String name, int most, int waiting, Duration slowest) {
        ThreadFactory daemons = task -> {
            Thread one = new Thread(task, name);
            one.setDaemon(true);
            return one;
        };
        this.slowest = slowest;
        this.threads =
                new ThreadPoolExecutor(most, most, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), daemons);
        threads.allowCoreThreadTimeOut(true);
        this.clock = Executors.newSingleThreadScheduledExecutor(daemons);
        long each = Math.min(EACH_MILLIS, slowest.toMillis());
        clock.scheduleAtFixedRate(() -> limits.forEach(Limit::check), each, each, TimeUnit.MILLISECONDS);
    }

    /**
     * Returns threads with their limit for the head of a request.
     *
     * @param most how many there are
     */
    public static ExchangeThreads of(String name, int most, Duration slowest) {
        return new ExchangeThreads(name, most, Integer.MAX_VALUE, slowest);
    }

    /**
     * Returns threads that refuse tasks when too many wait.
     *
     * @param most how many there are
     * @param waiting how many tasks may wait
     */
    public static ExchangeThreads bounded(String name, int most, int waiting) {
        return new ExchangeThreads(name, most, waiting, SLOWEST);
    }

    /** @throws java.util.concurrent.RejectedExecutionException if too many tasks wait, or after the end */
    @Override
    public void execute(Runnable task) {
        threads.execute(() -> run(task));
    }

    private void run(Runnable task) {
        Limit limit = new Limit(Thread.currentThread());
        limits.add(limit);
        CURRENT.set(limit);
        limit.begin(slowest);
        try {
            task.run();
        } finally {
            limit.end();
            limits.remove(limit);
            CURRENT.remove();
        }
    }

    /** Ends the limit for the head of a request. Each handler calls it first. */
    public static void headRead() {
        Limit limit = CURRENT.get();
        if (limit != null) {
            limit.end();
        }
    }

    /**
     * Runs a transfer, which fails if it takes too long.
     *
     * @throws ClientGone if it failed
     */
    public static void within(Duration most, Transfer transfer) throws ClientGone {
        Limit limit = CURRENT.get();
        if (limit != null) {
            limit.begin(most);
        }
        try {
            transfer.run();
        } catch (IOException fault) {
            throw new ClientGone(fault);
        } finally {
            if (limit != null) {
                limit.end();
            }
        }
    }

    /**
     * Closes an exchange. {@link HttpExchange#close} reads the rest of the request first, up to 64 KiB, so that the client sees the answer. A client
     * that does not send it is not waited for.
     */
    public static void close(HttpExchange exchange) {
        try {
            within(SLOWEST_REST, exchange::close);
        } catch (IOException gone) {
            throw new IllegalStateException("closing an exchange has no fault", gone);
        }
    }

    /** Closes an exchange whose request is not read, and does not wait for the rest of it. */
    public static void closeAtOnce(HttpExchange exchange) {
        // A read of an interrupted thread closes the connection.
        Thread.currentThread().interrupt();
        try {
            exchange.close();
        } finally {
            Thread.interrupted();
        }
    }

    /**
     * Returns a stream that fails if the client is slow.
     *
     * @param each how long each read may take
     * @param all how long all of them may take
     * @param bytesPerSecond the rate at which they may take longer than that; {@link Long#MAX_VALUE} if at none
     */
    public static InputStream timed(InputStream stream, Duration each, Duration all, long bytesPerSecond) {
        return new TimedStream(stream, each, all, bytesPerSecond);
    }

    /** A client has gone, or is too slow. Nobody waits for an answer. */
    public static final class ClientGone extends IOException {

        private static final long serialVersionUID = 1;

        /** @param reason what was noticed */
        public ClientGone(String reason) {
            super(reason);
        }

        private ClientGone(IOException fault) {
            super(fault.toString(), fault);
        }
    }

    /** Not a {@link java.io.FilterInputStream}: that would skip without a limit. */
    private static final class TimedStream extends InputStream {

        private final InputStream in;
        private final Duration each;
        private final Duration all;
        private final long bytesPerSecond;
        private final long beginNanos = System.nanoTime();
        private long bytes;

        private TimedStream(InputStream in, Duration each, Duration all, long bytesPerSecond) {
            this.in = in;
            this.each = each;
            this.all = all;
            this.bytesPerSecond = bytesPerSecond;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            Duration left = all.plusSeconds(bytes / bytesPerSecond).minusNanos(System.nanoTime() - beginNanos);
            if (left.isNegative() || left.isZero()) {
                throw new ClientGone("the body came too slowly");
            }
            int[] read = new int[1];
            within(left.compareTo(each) < 0 ? left : each, () -> read[0] = in.read(buffer, from, length));
            bytes += Math.max(read[0], 0);
            return read[0];
        }
    }

    /** Interrupts all that is under way. */
    @Override
    public void close() {
        clock.shutdownNow();
        threads.shutdownNow();
    }

    private static final class Limit {

        private final Thread thread;
        private long endNanos;
        private boolean counts;

        private Limit(Thread thread) {
            this.thread = thread;
        }

        private synchronized void begin(Duration most) {
            endNanos = System.nanoTime() + most.toNanos();
            counts = true;
        }

        /** An interrupt that came meanwhile must not meet what follows. */
        private synchronized void end() {
            if (counts && endNanos == Long.MAX_VALUE) {
                Thread.interrupted();
            }
            counts = false;
        }

        private synchronized void check() {
            if (counts && endNanos != Long.MAX_VALUE && System.nanoTime() - endNanos >= 0) {
                endNanos = Long.MAX_VALUE;
                thread.interrupt();
            }
        }
    }
}
