package org.catalogdrop.kommo.auth;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * A lock that lets only one renew a pair of tokens at a time, over all threads and all processes of this machine. Two renewals with one
 * refresh token would end the chain. It is a lock on a file beside the token file, which the system releases when the process dies.
 */
public final class TokenLock implements AutoCloseable {

    /** A file lock belongs to the whole process, so its threads need a lock of their own. Two contexts may use one file. */
    private static final Map<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

    private static final long LOOK_AGAIN_MILLIS = 20;

    private final Semaphore threads;
    private final FileChannel channel;

    private TokenLock(Semaphore threads, FileChannel channel) {
        this.threads = threads;
        this.channel = channel;
    }

    /**
     * Waits for the lock.
     *
     * @param file the lock's file, in a folder that exists
     * @param longest how long to wait
     * @throws RunHalted if the lock is not free in that time
     */
    static TokenLock take(Path file, Duration longest) throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        Semaphore threads = THREADS.computeIfAbsent(file, path -> new Semaphore(1, true));
        if (!threads.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            throw busy(file, longest);
        }
        boolean had = false;
        try {
            FileChannel channel = PrivateFile.create(file, StandardOpenOption.CREATE);
            try {
                FileLock lock = channel.tryLock();
                while (lock == null && System.nanoTime() < end) {
                    Thread.sleep(LOOK_AGAIN_MILLIS);
                    lock = channel.tryLock();
                }
                had = lock != null;
            } finally {
                if (!had) {
                    channel.close();
                }
            }
            if (had) {
                return new TokenLock(threads, channel);
            }
            throw busy(file, longest);
        } catch (IOException fault) {
            throw new RunHalted(
                    Code.DISK,
                    "the lock file " + file + " cannot be used (" + fault
                            + "). Give this program the right to do that.");
        } finally {
            if (!had) {
                threads.release();
            }
        }
    }

    private static RunHalted busy(Path file, Duration longest) {
        return new RunHalted(
                Code.API_AWAY,
                "another process has been renewing the tokens for more than " + longest.toSeconds() + " s (it holds "
                        + file + "). Find out what it waits for, then run again to resume.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException released) {
            // The lock ends with the channel, even if closing it fails.
        } finally {
            threads.release();
        }
    }
}
