package org.catalogdrop.journal.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases that this process has in a database, all in one statement, and looks who owns the other journals. It has one thread
 * and one connection, as long as somebody uses it. Safe for many threads.
 */
final class LeaseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    /** How long it waits at most before it tries again when the database is away. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** How long it listens to the database before it looks whether this process wants something. */
    private static final int LISTEN_MILLIS = 25;

    /** What keepers there are. It is also the lock for who uses them; nothing waits while it is held. */
    private static final Map<Login, LeaseKeeper> KEEPERS = new HashMap<>();

    /** What processes have a connection in common. */
    private record Login(String url, String user, String password) {
        static Login of(JournalPlace.Postgres place) {
            return new Login(place.url(), place.user(), place.password());
        }
    }

    private final JournalPlace.Postgres place;
    private final String member = UUID.randomUUID().toString();
    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();

    /** Leases that are to be released, each with what is counted down when that was done or could not be done. */
    private final Map<Lease, CountDownLatch> leaving = new ConcurrentHashMap<>();

    private int users;
    private volatile boolean ended;
    private volatile boolean wanted;

    /** The connection, used by its thread alone. */
    private Optional<Connection> connection = Optional.empty();

    private LeaseKeeper(JournalPlace.Postgres place) {
        this.place = place;
    }

    /** Returns the keeper for the database of a place, and counts one more user of it. */
    private static LeaseKeeper use(JournalPlace.Postgres place) {
        synchronized (KEEPERS) {
            LeaseKeeper keeper = KEEPERS.computeIfAbsent(Login.of(place), login -> new LeaseKeeper(place));
            if (keeper.users == 0) {
                Thread thread = new Thread(keeper::work, "catalog-drop-lease");
                thread.setDaemon(true);
                thread.start();
            }
            keeper.users++;
            return keeper;
        }
    }

    /** Counts one user less. Without users, it ends. */
    private void leave() {
        synchronized (KEEPERS) {
            users--;
            if (users > 0) {
                return;
            }
            KEEPERS.values().remove(this);
            ended = true;
        }
        want();
    }

    /**
     * Takes the lease of a journal, and renews it until it is released.
     *
     * @param sql a connection to the journal, without an open transaction
     */
    static Lease take(Sql sql, JournalPlace.Postgres place) throws SQLException {
        LeaseKeeper keeper = use(place);
        boolean taken = false;
        try {
            Lease lease = Lease.take(sql, place, ProcessName.display(), NodeFile.of(place.state()), "");
            keeper.leases.add(lease);
            keeper.want();
            taken = true;
            return lease;
        } finally {
            if (!taken) {
                keeper.leave();
            }
        }
    }

    /** Gives a journal to whoever wants it next. If the database is away, its lease ends by itself. A second call does nothing. */
    static void release(JournalPlace.Postgres place, Lease lease) {
        boolean held = lease.end();
        LeaseKeeper keeper;
        synchronized (KEEPERS) {
            keeper = KEEPERS.get(Login.of(place));
        }
        if (keeper != null && keeper.leases.contains(lease)) {
            keeper.release(lease, held);
        }
    }

    private void release(Lease lease, boolean held) {
        if (!leases.remove(lease)) {
            return;
        }
        try {
            if (held) {
                CountDownLatch done = new CountDownLatch(1);
                leaving.put(lease, done);
                want();
                done.await(place.renewal().toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        } finally {
            leave();
        }
    }

    /** Lets the thread look at once. */
    private void want() {
        wanted = true;
    }

    private void work() {
        while (!ended) {
            try {
                turn();
                awaitNext();
            } catch (SQLException away) {
                LOG.debug("the database is away", away);
                fail();
            } catch (RuntimeException fault) {
                LOG.error("a fault of the program: the leases of journals were not renewed; it is tried again", fault);
                fail();
            }
        }
        disconnect();
    }

    private void turn() throws SQLException {
        Sql sql = connected();
        release(sql);
        renew(sql);
    }

    private Sql connected() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(PostgresConnections.open(place, renewal()));
            Sql sql = PostgresConnections.sql(connection.get());
            PostgresConnections.commitToDisk(sql);
            sql.update("listen " + OwnerTables.SCHEMA);
        }
        return PostgresConnections.sql(connection.get());
    }

    private void release(Sql sql) throws SQLException {
        Map<Lease, CountDownLatch> now = Map.copyOf(leaving);
        if (!now.isEmpty()) {
            OwnerTables.release(sql, held(now.keySet()));
            finish(now.keySet());
        }
    }

    private void renew(Sql sql) throws SQLException {
        List<Lease> all = leases.stream().filter(lease -> !lease.isLost()).toList();
        if (all.isEmpty()) {
            return;
        }
        Lease.Moment start = Lease.Moment.now();
        Set<OwnerTables.Held> renewed = OwnerTables.renew(sql, held(all));
        List<Lease> others =
                all.stream().filter(lease -> !renewed.contains(lease.held())).toList();
        all.stream().filter(lease -> renewed.contains(lease.held())).forEach(lease -> lease.renewed(start));
        if (!others.isEmpty()) {
            JournalOwners owners = OwnerTables.look(sql);
            others.stream()
                    .filter(lease -> owners.last(lease.held().journal())
                            .filter(owner -> owner.epoch() == lease.held().epoch())
                            .isEmpty())
                    .forEach(Lease::lose);
        }
    }

    private static Collection<OwnerTables.Held> held(Collection<Lease> all) {
        return all.stream().map(Lease::held).collect(Collectors.toSet());
    }

    private void finish(Collection<Lease> all) {
        all.forEach(lease -> Optional.ofNullable(leaving.remove(lease)).ifPresent(CountDownLatch::countDown));
    }

    /** Waits until it is time to renew, or until the database or this process has something to say. */
    private void awaitNext() throws SQLException {
        PGConnection heard = connection.orElseThrow().unwrap(PGConnection.class);
        long end = System.nanoTime() + renewal().toNanos();
        boolean news = false;
        while (!news && !wanted && !ended && System.nanoTime() - end < 0) {
            long left = (end - System.nanoTime()) / 1_000_000 + 1;
            news = heard.getNotifications((int) Math.min(LISTEN_MILLIS, left)).length > 0;
        }
        wanted = false;
    }

    private void fail() {
        disconnect();
        finish(List.copyOf(leaving.keySet()));
        leases.stream().filter(Lease::isOver).forEach(Lease::lose);
        try {
            Thread.sleep(Math.min(SOON.toMillis(), renewal().toMillis()));
        } catch (InterruptedException nobody) {
            // Whoever interrupts it, the leases are renewed.
        }
    }

    private Duration renewal() {
        return leases.stream().map(Lease::renewal).min(Duration::compareTo).orElse(place.renewal());
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
}
