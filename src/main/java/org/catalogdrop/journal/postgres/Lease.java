package org.catalogdrop.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.catalogdrop.journal.store.JournalFaults;
import org.catalogdrop.journal.store.JournalOwner;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * The lease by which this process owns a journal on PostgreSQL. Its epoch fences what is written: who takes the lease over gets the next
 * one. {@link LeaseKeeper} renews it. Safe for many threads; no lock is held while a listener runs.
 */
final class Lease {

    /** This process counts the lease as ended earlier than the database, by this part of it. */
    private static final int MARGIN = 6;

    /** How long requests of a former owner count for the rate limit: a second, and what they may have been on the way. */
    private static final Duration REQUESTS_COUNT = Duration.ofMillis(1200);

    /** A moment by two clocks: one stands still while a machine sleeps, the other can be set. */
    record Moment(long nanos, long millis) {

        static Moment now() {
            return new Moment(System.nanoTime(), System.currentTimeMillis());
        }

        /** Returns the milliseconds since then, by the clock that says more. */
        long millisSince() {
            return Math.max((System.nanoTime() - nanos) / 1_000_000, System.currentTimeMillis() - millis);
        }
    }

    private final JournalPlace.Postgres place;
    private final OwnerTables.Held held;
    private final OwnerQuestion question;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** When the last renewal that succeeded began. */
    private final AtomicReference<Moment> renewed;

    private final AtomicBoolean lost = new AtomicBoolean();
    private volatile boolean ended;

    /** When requests that the former owner sent on another machine no longer count, by {@link System#nanoTime}. */
    private final long quietUntil;

    private Lease(JournalPlace.Postgres place, OwnerTables.Taken taken, Moment renewed, OwnerQuestion question) {
        this.place = place;
        this.question = question;
        this.held = taken.held();
        this.quietUntil = System.nanoTime()
                + (taken.elsewhere() ? REQUESTS_COUNT.minus(taken.since()).toNanos() : 0);
        this.renewed = new AtomicReference<>(renewed);
    }

    /**
     * Takes the lease, and commits.
     *
     * @param process this process, as it is shown to people
     * @param node identifies the state folder, which only this process uses: what a former process of it held is free
     * @param member this process among the members; empty if it is none
     * @param question asks whether it has the lease still
     * @throws RunHalted {@link Code#OWNED} if another process has it
     */
    static Lease take(
            Sql sql, JournalPlace.Postgres place, String process, String node, String member, OwnerQuestion question)
            throws SQLException {
        Moment start = Moment.now();
        Optional<OwnerTables.Taken> taken = OwnerTables.take(sql, place, process, node, member);
        sql.commit();
        if (taken.isEmpty()) {
            throw owned(sql, place);
        }
        return new Lease(place, taken.get(), start, question);
    }

    private static RunHalted owned(Sql sql, JournalPlace.Postgres place) throws SQLException {
        return new RunHalted(
                Code.OWNED,
                "The journal in " + place.display() + " is in use by "
                        + OwnerTables.look(sql)
                                .last(place.schema())
                                .map(JournalOwner::display)
                                .orElse("another process")
                        + ". Only one process at a time may use the journal of an account. Wait for that process or stop it. If"
                        + " it is gone, its lease ends within "
                        + place.lease().toSeconds() + " s; then start again.");
    }

    /** Returns how long requests of the former owner still count for the rate limit, if it was on another machine. */
    Duration whileFormerRequestsCount() {
        return Duration.ofNanos(Math.max(0, quietUntil - System.nanoTime()));
    }

    OwnerTables.Held held() {
        return held;
    }

    Duration renewal() {
        return place.renewal();
    }

    /** Listens for the loss of the lease. Called at once if it is lost already. */
    void whenLost(Runnable listener) {
        listeners.add(listener);
        if (lost.get()) {
            listener.run();
        }
    }

    /** Records a renewal that succeeded, by the moment at which it began. */
    void renewed(Moment start) {
        renewed.accumulateAndGet(start, (one, other) -> one.nanos() - other.nanos() > 0 ? one : other);
    }

    boolean isLost() {
        return lost.get();
    }

    /** Returns whether it was not renewed for as long as it lasts. */
    boolean isOver() {
        return renewed.get().millisSince() > place.lease().toMillis();
    }

    /** Records that the lease is lost. The listeners run on a thread of their own, so that they hold up nothing. */
    void lose() {
        if (!lost.compareAndSet(false, true)) {
            return;
        }
        Thread thread = new Thread(() -> listeners.forEach(Runnable::run), "catalog-drop-lease-lost");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Ends the use of the lease: it is not renewed any more when this returns, except by its keeper. Returns whether it is to be released
     * now: not after a loss, and not twice.
     */
    synchronized boolean end() {
        boolean first = !ended;
        ended = true;
        return first && !lost.get();
    }

    private boolean holds() {
        long millis = place.lease().toMillis();
        return !lost.get() && !ended && renewed.get().millisSince() < millis - millis / MARGIN;
    }

    /**
     * Returns if the database says that this process is the owner, and its lease lasts for a while still. If a clock says that it may not,
     * because this process was stopped or the clock was set, the lease is renewed first.
     *
     * @throws RunHalted if it is not
     */
    void require() {
        try {
            if (holds() && question.isLive(held)) {
                return;
            }
            renewNow();
        } catch (SQLException away) {
            throw JournalFaults.ofPostgres(away, place.display());
        }
        if (!holds()) {
            throw takenOver();
        }
    }

    /** Lets the transaction write only if this process is the owner, and keeps others from becoming it until the transaction ends. */
    void fence(Sql sql) throws SQLException {
        if (OwnerTables.fence(sql, held)) {
            return;
        }
        renewNow();
        if (!OwnerTables.fence(sql, held)) {
            throw takenOver();
        }
    }

    /** Does the same, and returns the number of the last request of the journal. */
    long fenceAndFindLast(Sql sql) throws SQLException {
        Optional<Long> last = OwnerTables.fenceAndFindLast(sql, held);
        if (last.isEmpty()) {
            renewNow();
            last = OwnerTables.fenceAndFindLast(sql, held);
        }
        return last.orElseThrow(this::takenOver);
    }

    /** Renews by a connection that exists only for this: the one that renews all leases may wait for something. */
    private void renewNow() throws SQLException {
        boolean taken;
        synchronized (this) {
            if (lost.get() || ended) {
                return;
            }
            try (Connection connection = PostgresConnections.open(place, place.renewal())) {
                Sql sql = PostgresConnections.sql(connection);
                PostgresConnections.commitToDisk(sql);
                Moment start = Moment.now();
                taken = !OwnerTables.renew(sql, held);
                if (!taken) {
                    renewed(start);
                }
            }
        }
        if (taken) {
            lose();
        }
    }

    private RunHalted takenOver() {
        String by = "another process";
        try (Connection connection = PostgresConnections.open(place, place.renewal())) {
            by = OwnerTables.look(PostgresConnections.sql(connection))
                    .last(place.schema())
                    .map(JournalOwner::display)
                    .orElse(by);
        } catch (SQLException away) {
            // It is not known by whom.
        }
        return new RunHalted(
                Code.OWNED,
                "This process has lost the journal in " + place.display() + ", because it did not renew its lease for "
                        + place.lease().toSeconds() + " s. Now it is that of " + by
                        + ". This process sends nothing more; the other one goes on with its drops.");
    }
}
