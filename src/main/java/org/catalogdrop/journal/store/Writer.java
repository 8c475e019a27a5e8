package org.catalogdrop.journal.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.catalogdrop.model.RunHalted;

/**
 * The only writer, with group commit: it takes everything that waits, applies it in one transaction and commits once, so that callers
 * share the wait for the disk. After the first failure nothing more is written, because nothing may be sent that cannot be journaled.
 * Safe for many threads.
 */
public final class Writer implements AutoCloseable {

    /** A piece of work and its future; no work means the end. */
    private record Command<T>(
            Optional<Sql.Work<T>> work, boolean awaited, CompletableFuture<T> done, CompletableFuture<T> durable) {
        static <T> Command<T> of(Optional<Sql.Work<T>> work, boolean awaited) {
            return new Command<>(work, awaited, new CompletableFuture<>(), new CompletableFuture<>());
        }

        void apply(Sql sql) throws SQLException {
            try {
                done.complete(work.orElseThrow().with(sql));
            } catch (IllegalArgumentException | IllegalStateException | RunHalted refused) {
                if (!awaited) {
                    throw refused;
                }
                // The work has failed before it wrote anything, so the others of its group need not fail with it.
                durable.completeExceptionally(refused);
            }
        }

        void committed() {
            if (!durable.isDone()) {
                durable.complete(done.join());
            }
        }
    }

    private final Sql sql;
    private final Database database;
    private final BlockingQueue<Command<?>> queue = new LinkedBlockingQueue<>();
    private final Thread thread = new Thread(this::work, "catalog-drop-journal");
    private Optional<RunHalted> end = Optional.empty();
    private volatile Runnable onCommit = () -> {};
    private volatile Runnable onFailure = () -> {};

    public Writer(Sql sql, Database database) {
        this.sql = sql;
        this.database = database;
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Writes, and returns when that is durable. An interrupt does not end the wait, because then nobody would know whether it was
     * written.
     *
     * @throws RunHalted if this or anything before it could not be written
     */
    public <T> T write(Sql.Work<T> work) {
        Command<T> command = Command.of(Optional.of(work), true);
        add(command);
        try {
            return command.durable().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RunHalted halted) {
                throw again(halted);
            }
            if (failed.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw failed;
        }
    }

    /**
     * Writes without waiting: it is durable before anything written after it. If it cannot be written, nothing after it can.
     *
     * @throws RunHalted if anything before it could not be written
     */
    public <T> void writeSoon(Sql.Work<T> work) {
        add(Command.of(Optional.of(work), false));
    }

    /** As {@link #write}, for work without an answer. */
    public void run(Sql.Step work) {
        write(work.work());
    }

    /** As {@link #writeSoon}, for work without an answer. */
    public void runSoon(Sql.Step work) {
        writeSoon(work.work());
    }

    private synchronized void add(Command<?> command) {
        end.ifPresent(halted -> {
            throw again(halted);
        });
        queue.add(command);
    }

    /** Writes everything that waits, then ends. */
    @Override
    public void close() {
        synchronized (this) {
            if (end.isEmpty()) {
                end = Optional.of(JournalFaults.closed());
                queue.add(Command.of(Optional.empty(), false));
            }
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        List<Command<?>> group = new ArrayList<>();
        try {
            boolean more = true;
            while (more) {
                group.clear();
                group.add(queue.take());
                queue.drainTo(group);
                more = !group.removeIf(command -> command.work().isEmpty());
                database.fence(sql);
                for (Command<?> command : group) {
                    command.apply(sql);
                }
                sql.commit();
                onCommit.run();
                group.forEach(Command::committed);
            }
        } catch (SQLException fault) {
            fail(group, database.faultOf(fault));
        } catch (RunHalted lost) {
            fail(group, lost);
        } catch (Throwable fault) {
            fail(group, database.broken(fault));
        } finally {
            closeSql();
        }
    }

    private void fail(List<Command<?>> group, RunHalted halted) {
        synchronized (this) {
            end = Optional.of(halted);
            queue.drainTo(group);
        }
        group.forEach(command -> command.durable().completeExceptionally(halted));
        onFailure.run();
    }

    /** Listens for commits, on the thread that makes them. */
    public void whenCommitted(Runnable listener) {
        onCommit = listener;
    }

    /** Listens for the first failure. */
    public synchronized void whenFailed(Runnable listener) {
        onFailure = listener;
    }

    /** Closes the connection, which rolls back uncommitted work. */
    private void closeSql() {
        try {
            sql.close();
        } catch (SQLException fault) {
            // What was committed is on disk. The next process to open the file writes the log back.
        }
    }

    /** Returns a new exception, so that each caller has its own stack. */
    private static RunHalted again(RunHalted halted) {
        return JournalFaults.because(new RunHalted(halted.problem()), halted);
    }
}
