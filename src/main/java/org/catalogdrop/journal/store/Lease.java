package org.catalogdrop.journal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * The lease by which this process owns a journal on PostgreSQL. Its epoch fences what is written: who takes the lease over gets the next
 * one. A thread of its own renews it, on a connection of its own. Safe for many threads.
 */
final class Lease implements AutoCloseable {

    private static final String TAKE =
            "update owner set process = ?, node = ?, epoch = epoch + 1, since = clock_timestamp(),"
                    + " until = clock_timestamp() + ? * interval '1 millisecond'"
                    + " where until <= clock_timestamp() or node = ? returning epoch";

    /** As long as nobody took it over, it can be renewed, even after its end. */
    private static final String RENEW =
            "update owner set until = clock_timestamp() + ? * interval '1 millisecond' where epoch = ?";

    private static final String RELEASE = "update owner set until = clock_timestamp() where epoch = ?";

    /** Waits for whoever takes the lease over, and lets them wait until what is written is committed. */
    private static final String FENCE = "select 1 from owner where epoch = ? and until > clock_timestamp() for share";

    /** This process counts the lease as ended earlier than the database, by this part of it. */
    private static final int MARGIN = 6;

    private static final long SOON_MILLIS = 1000;

    /** Opens connections that wait for an answer no longer than this. */
    interface Connecting {
        Connection connect(Duration longest) throws SQLException;
    }

    private final Connecting connecting;
    private final JournalPlace.Postgres place;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private Optional<Connection> connection = Optional.empty();
    private long epoch;
    private volatile boolean lost;

    /** When the last renewal began, by two clocks: one stands still while a machine sleeps, the other can be set. */
    private volatile long renewedNanos;

    private volatile long renewedMillis;

    private Lease(Connecting connecting, JournalPlace.Postgres place) {
        this.connecting = connecting;
        this.place = place;
    }

    /**
     * Takes the lease.
     *
     * @param process this process, as it is shown to people
     * @param node identifies the state folder, which only this process uses: what a former process of it held is free
     * @throws RunHalted {@link Code#OWNED} if another process has it
     */
    static Lease take(Connecting connecting, JournalPlace.Postgres place, String process, String node)
            throws SQLException {
        Lease lease = new Lease(connecting, place);
        boolean taken = false;
        try {
            lease.take(process, node);
            taken = true;
        } finally {
            if (!taken) {
                lease.disconnect();
            }
        }
        Thread thread = new Thread(lease::keep, "catalog-drop-lease");
        thread.setDaemon(true);
        thread.start();
        return lease;
    }

    private synchronized void take(String process, String node) throws SQLException {
        long nanos = System.nanoTime();
        long millis = System.currentTimeMillis();
        try (PreparedStatement take = connection().prepareStatement(TAKE)) {
            take.setString(1, process);
            take.setString(2, node);
            take.setLong(3, place.lease().toMillis());
            take.setString(4, node);
            try (ResultSet taken = take.executeQuery()) {
                if (!taken.next()) {
                    throw owned();
                }
                epoch = taken.getLong(1);
            }
        }
        renewedNanos = nanos;
        renewedMillis = millis;
    }

    private RunHalted owned() throws SQLException {
        return new RunHalted(
                Code.OWNED,
                "The journal in " + place.display() + " is in use by "
                        + holder().map(JournalOwner::display).orElse("another process")
                        + ". Only one process at a time may use the journal of an account. Wait for that process or stop it. If"
                        + " it is gone, its lease ends within "
                        + place.lease().toSeconds() + " s; then start again.");
    }

    private Optional<JournalOwner> holder() throws SQLException {
        return JournalOwner.read(new Sql(connection()));
    }

    /** Listens for the loss of the lease. Called at once if it is lost already. */
    void whenLost(Runnable listener) {
        listeners.add(listener);
        if (lost) {
            listener.run();
        }
    }

    /** Renews until the end. */
    private void keep() {
        long pause = place.renewal().toMillis();
        while (!lost && !isEndedWithin(pause)) {
            pause = place.renewal().toMillis();
            try {
                renew();
            } catch (SQLException away) {
                pause = Math.min(pause, SOON_MILLIS);
                if (sinceRenewal() > place.lease().toMillis()) {
                    lose();
                }
            }
        }
    }

    private boolean isEnded() {
        return ended.getCount() == 0;
    }

    private boolean isEndedWithin(long millis) {
        try {
            return ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private synchronized void renew() throws SQLException {
        if (lost || isEnded()) {
            return;
        }
        long nanos = System.nanoTime();
        long millis = System.currentTimeMillis();
        if (change(RENEW, place.lease().toMillis(), epoch) == 0) {
            lose();
            return;
        }
        renewedNanos = nanos;
        renewedMillis = millis;
    }

    private int change(String sql, long... values) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setLong(i + 1, values[i]);
            }
            return statement.executeUpdate();
        } catch (SQLException fault) {
            disconnect();
            throw fault;
        }
    }

    private Connection connection() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(connecting.connect(place.renewal()));
        }
        return connection.get();
    }

    private void disconnect() {
        try {
            if (connection.isPresent()) {
                connection.get().close();
            }
        } catch (SQLException broken) {
            // It is not used again.
        }
        connection = Optional.empty();
    }

    private void lose() {
        lost = true;
        listeners.forEach(Runnable::run);
    }

    /** Returns the milliseconds since the last renewal, by the clock that says more. */
    private long sinceRenewal() {
        return Math.max((System.nanoTime() - renewedNanos) / 1_000_000, System.currentTimeMillis() - renewedMillis);
    }

    private boolean holds() {
        long millis = place.lease().toMillis();
        return !lost && !isEnded() && sinceRenewal() < millis - millis / MARGIN;
    }

    /**
     * Returns if this process is certainly the owner. If it may not be, because it was stopped for a while or a clock was set, the database
     * is asked.
     *
     * @throws RunHalted if it is not
     */
    void require() {
        if (holds()) {
            return;
        }
        try {
            renew();
        } catch (SQLException away) {
            throw JournalFaults.ofPostgres(away, place.display());
        }
        if (!holds()) {
            throw takenOver();
        }
    }

    /** Lets the transaction write only if this process is the owner, and keeps others from becoming it until the transaction ends. */
    void fence(Sql sql) throws SQLException {
        if (sql.number(FENCE, epoch) == 1) {
            return;
        }
        renew();
        if (sql.number(FENCE, epoch) != 1) {
            throw takenOver();
        }
    }

    private RunHalted takenOver() {
        String by = "another process";
        try {
            synchronized (this) {
                by = holder().map(JournalOwner::display).orElse(by);
            }
        } catch (SQLException away) {
            // It is not known by whom.
        }
        return new RunHalted(
                Code.OWNED,
                "This process has lost the journal in " + place.display() + ", because it did not renew its lease for "
                        + place.lease().toSeconds() + " s. Now it is that of " + by
                        + ". This process sends nothing more; the other one goes on with its drops.");
    }

    /** Gives the journal to whoever wants it next. */
    @Override
    public void close() {
        ended.countDown();
        synchronized (this) {
            try {
                if (!lost) {
                    change(RELEASE, epoch);
                }
            } catch (SQLException away) {
                // The lease ends by itself.
            } finally {
                disconnect();
            }
        }
    }
}
