package org.catalogdrop.journal.postgres;

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
import java.util.stream.Stream;
import org.catalogdrop.journal.store.JournalOwner;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.NodeFile;
import org.catalogdrop.journal.store.ProcessName;
import org.catalogdrop.journal.store.Sql;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews the leases that this process has in a database, all in one statement, and looks who owns the other journals. It has one thread
 * and one connection, as long as somebody uses it, and another connection for questions ({@link OwnerQuestion}). Safe for many threads.
 */
public final class LeaseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);

    /** How long it waits at most before it tries again when the database is away. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** How long a journal is not offered again after nobody else took it. */
    private static final Duration NOT_AGAIN = Duration.ofMinutes(10);

    /** How long the end waits until the other processes know of it. */
    private static final long LAST_WORDS_MILLIS = 1000;

    /** How long a statement waits for a lock. */
    private static final int LONGEST_LOCK_MILLIS = 250;

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
    private final OwnerQuestion question;
    private final String member = UUID.randomUUID().toString();
    private final Set<Lease> leases = ConcurrentHashMap.newKeySet();

    /** Leases that are to be released, each with what is counted down when that was done or could not be done. */
    private final Map<Lease, CountDownLatch> leaving = new ConcurrentHashMap<>();

    private final Set<JournalWatch> watches = ConcurrentHashMap.newKeySet();
    private final CountDownLatch over = new CountDownLatch(1);
    private int users;
    private volatile boolean ended;
    private volatile boolean wanted;

    /** What was seen last, and when. */
    private volatile Optional<Seen> seen = Optional.empty();

    private final StandbyLook standby = new StandbyLook();

    private final GivenJournal given = new GivenJournal(NOT_AGAIN);

    /** The connection, used by its thread alone, as is all that follows. */
    private Optional<Connection> connection = Optional.empty();

    private Optional<Sql> statements = Optional.empty();
    private boolean exist;
    private boolean isMember;

    /** Since when this process has seen that nobody owns a journal. */
    private final Map<String, Long> freeSince = new HashMap<>();

    /** When to look again at the latest. */
    private long next;

    private record Seen(JournalOwners owners, long nanos) {}

    private LeaseKeeper(JournalPlace.Postgres place) {
        this.place = place;
        this.question = new OwnerQuestion(place);
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
            Lease lease = Lease.take(
                    sql,
                    place,
                    ProcessName.display(),
                    NodeFile.of(place.state()),
                    keeper.memberFor(place.schema()),
                    keeper.question);
            keeper.leases.add(lease);
            keeper.seen = Optional.empty();
            keeper.want();
            taken = true;
            return lease;
        } finally {
            if (!taken) {
                keeper.leave();
            }
        }
    }

    /** Returns this process among the members, if it wants a journal for longer than one load. */
    private String memberFor(String journal) {
        return watches.stream().anyMatch(watch -> watch.place().schema().equals(journal)) ? member : "";
    }

    /**
     * Follows who owns a journal, and makes this process one of those that want it.
     *
     * @param news is called when something has changed, on a thread that must not wait
     */
    public static JournalWatch watch(JournalPlace.Postgres place, Runnable news) {
        LeaseKeeper keeper = use(place);
        JournalWatch watch = new JournalWatch(place, news, keeper::want, keeper::give, keeper::unwatch);
        keeper.watches.add(watch);
        keeper.want();
        return watch;
    }

    private boolean give(JournalWatch watch) {
        return given.give(watch.place().schema());
    }

    private void unwatch(JournalWatch watch) {
        watches.remove(watch);
        want();
        leave();
        try {
            if (ended) {
                over.await(LAST_WORDS_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns what this process has seen of the owners not long ago; empty if it does not follow them. */
    public static Optional<JournalOwners> known(JournalPlace.Postgres place) {
        LeaseKeeper keeper;
        synchronized (KEEPERS) {
            keeper = KEEPERS.get(Login.of(place));
        }
        return keeper == null
                ? Optional.empty()
                : keeper.seen
                        .filter(one -> System.nanoTime() - one.nanos()
                                < 2 * place.renewal().toNanos())
                        .map(Seen::owners);
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
                LOG.debug("the database of the journal is away", away);
                fail(away);
            } catch (RuntimeException | Error fault) {
                LOG.debug("the leases of journals were not renewed", fault);
                fail(fault);
            }
        }
        end();
    }

    private void turn() throws SQLException {
        Sql sql = connected();
        exist = exist || OwnerTables.exist(sql);
        next = System.nanoTime() + renewal().toNanos();
        List<JournalWatch> now = List.copyOf(watches);
        if (exist) {
            release(sql);
            renew(sql);
            renewMember(sql, now);
        }
        look(sql, now);
    }

    private Sql connected() throws SQLException {
        if (connection.isEmpty()) {
            connection = Optional.of(PostgresConnections.open(place, renewal()));
            Sql sql = PostgresConnections.sql(connection.get());
            PostgresConnections.commitToDisk(sql);
            sql.update("listen " + OwnerTables.SCHEMA);
            // Whoever locks a table of one account, the leases of the others are renewed.
            sql.update("set lock_timeout = " + LONGEST_LOCK_MILLIS);
            exist = OwnerTables.exist(sql);
            if (exist) {
                OwnerTables.forgetMembers(sql);
            }
            statements = Optional.of(sql);
        }
        return statements.orElseThrow();
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
        all.stream().filter(lease -> renewed.contains(lease.held())).forEach(lease -> lease.renewed(start));
    }

    private void renewMember(Sql sql, List<JournalWatch> now) throws SQLException {
        if (!now.isEmpty()) {
            Duration length = now.stream()
                    .map(watch -> watch.place().lease())
                    .max(Duration::compareTo)
                    .orElseThrow();
            OwnerTables.renewMember(sql, new JournalMember(member, ProcessName.display(), journals(now)), length);
            isMember = true;
        } else if (isMember) {
            OwnerTables.leave(sql, member);
            isMember = false;
        }
    }

    private static Set<String> journals(List<JournalWatch> all) {
        return all.stream().map(watch -> watch.place().schema()).collect(Collectors.toSet());
    }

    private void look(Sql sql, List<JournalWatch> now) throws SQLException {
        List<Lease> mine = List.copyOf(leases);
        JournalOwners owners = exist ? OwnerTables.look(sql) : JournalOwners.NONE;
        long nanos = System.nanoTime();
        seen = Optional.of(new Seen(owners, nanos));
        mine.stream().filter(lease -> isTaken(owners, lease)).forEach(Lease::lose);
        Set<String> wanted = journals(now);
        Set<String> owned = mine.stream()
                .filter(lease -> !lease.isLost())
                .map(lease -> lease.held().journal())
                .filter(wanted::contains)
                .collect(Collectors.toSet());
        JournalShares shares = new JournalShares(owners, member, wanted, owned);
        given.see(owners, member, owned);
        freeSince.keySet().retainAll(shares.free());
        shares.free().forEach(journal -> freeSince.putIfAbsent(journal, nanos));
        for (JournalWatch watch : now) {
            show(watch, shares, nanos);
        }
        standby.look(
                sql,
                now.stream()
                        .map(JournalWatch::place)
                        .filter(place -> !owned.contains(place.schema())
                                && owners.owner(place.schema()).isPresent())
                        .toList());
    }

    private static boolean isTaken(JournalOwners owners, Lease lease) {
        return owners.last(lease.held().journal())
                .filter(owner -> owner.epoch() == lease.held().epoch())
                .isEmpty();
    }

    private void show(JournalWatch watch, JournalShares shares, long nanos) {
        String journal = watch.place().schema();
        Duration patience = watch.place().lease().dividedBy(2);
        Optional<JournalOwner> owner = shares.owners().owner(journal);
        boolean takeable = owner.isPresent()
                ? watch.isHere(owner.get())
                : shares.takeable(free -> Duration.ofNanos(nanos - freeSince.getOrDefault(free, nanos)), patience)
                        .contains(journal);
        owner.ifPresent(one -> lookAgain(nanos, one.left()));
        Optional.ofNullable(freeSince.get(journal))
                .filter(since -> !takeable)
                .ifPresent(since -> lookAgain(since, patience));
        watch.see(new JournalWatch.Sight(
                shares.owners(),
                takeable,
                given.isPossible() && shares.surplus().contains(journal)));
    }

    /** Looks again right after a lease has ended, or when others had time to take a journal. */
    private void lookAgain(long since, Duration then) {
        long at = since + then.toNanos() + Duration.ofMillis(2).toNanos();
        if (at - next < 0) {
            next = at;
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
        boolean news = false;
        while (!news && !wanted && !ended && System.nanoTime() - next < 0) {
            long left = (next - System.nanoTime()) / 1_000_000 + 1;
            PGNotification[] told = heard.getNotifications((int) Math.min(LISTEN_MILLIS, left));
            news = told != null && told.length > 0;
        }
        wanted = false;
    }

    /** Lets the other processes know that this one is gone. */
    private void end() {
        try {
            if (connection.isPresent() && isMember) {
                OwnerTables.leave(connected(), member);
            }
        } catch (SQLException away) {
            // They see it when the time of the member is over.
        } finally {
            disconnect();
            over.countDown();
            question.close();
        }
    }

    private void fail(Throwable fault) {
        disconnect();
        seen = Optional.empty();
        finish(List.copyOf(leaving.keySet()));
        leases.stream().filter(Lease::isOver).forEach(Lease::lose);
        watches.forEach(watch -> watch.fail(fault));
        try {
            Thread.sleep(Math.min(SOON.toMillis(), renewal().toMillis()));
        } catch (InterruptedException nobody) {
            // Whoever interrupts it, the leases are renewed.
        }
    }

    private Duration renewal() {
        return Stream.concat(
                        leases.stream().map(Lease::renewal),
                        watches.stream().map(watch -> watch.place().renewal()))
                .min(Duration::compareTo)
                .orElse(place.renewal());
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
        statements = Optional.empty();
    }
}
