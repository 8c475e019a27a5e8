package org.catalogdrop.journal.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.JournalFaults;
import org.catalogdrop.journal.store.JournalOwner;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.JournalPosition;
import org.catalogdrop.journal.store.Schema;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.journal.store.SqlOpening;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * A journal in a schema of a PostgreSQL database. It is opened only if it is ours, of a known version, and of this account. The code
 * specific to PostgreSQL is here.
 */
public final class PostgresDatabase implements Database {

    /** Two processes that set up the same journal at once do it one after the other. */
    private static final String ALONE = "select 1 from pg_advisory_xact_lock(1128559216, hashtext(?))";

    /** The SQLSTATE of a table that does not exist. */
    private static final String NO_TABLE = "42P01";

    /** How long a statement may wait for its answer: a migration of a large journal takes a while. */
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final JournalPlace.Postgres place;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final RestoreCheck restored;
    private volatile Optional<Lease> lease = Optional.empty();

    public PostgresDatabase(JournalPlace.Postgres place) {
        this.place = place;
        this.restored = new RestoreCheck(place);
    }

    @Override
    public boolean exists() {
        try (Connection connection = connect()) {
            return isSetUp(sql(connection));
        } catch (SQLException fault) {
            throw faultOf(fault);
        }
    }

    @Override
    public Sql openWriter(long now) {
        return connected(connection -> {
            Sql sql = sql(connection);
            check(sql);
            sql.transactions();
            if (!has(sql, "identity")) {
                restored.requireNone();
            }
            setUp(sql);
            sql.commit();
            lease = Optional.of(LeaseKeeper.take(sql, place));
            boolean open = false;
            try {
                fence(sql);
                migrate(sql, now);
                Optional<RunHalted> fault = restored.findFault(sql);
                sql.commit();
                if (fault.isPresent()) {
                    throw fault.get();
                }
                awaitRateLimit();
                open = true;
                return sql;
            } finally {
                if (!open) {
                    release();
                }
            }
        });
    }

    /** Opens a connection for what all processes share beside the journal; it needs no journal and no lease. */
    public Sql openBeside(Duration longest) {
        return SqlOpening.open(this, () -> PostgresConnections.open(place, longest), PostgresConnections::sql);
    }

    /** The same, after the schema was made; the connection is in transaction mode. */
    public Sql openBesideForWriting(Duration longest) {
        return SqlOpening.open(this, () -> PostgresConnections.open(place, longest), connection -> {
            Sql sql = sql(connection);
            check(sql);
            sql.transactions();
            if (!has(sql, "identity")) {
                restored.requireNone();
            }
            setUp(sql);
            sql.commit();
            return sql;
        });
    }

    /** The rate limit of this machine does not know the requests of another one, so nothing is sent before they no longer count. */
    private void awaitRateLimit() {
        try {
            Thread.sleep(lease.orElseThrow().whileFormerRequestsCount().toMillis());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw JournalFaults.closed();
        }
    }

    /** Makes the schema of the account and the tables that all accounts share, if they are not there. */
    private void setUp(Sql sql) throws SQLException {
        sql.number(ALONE, place.schema());
        if (sql.number("select count(*) from pg_namespace where nspname = ?", place.schema()) == 0) {
            sql.update("create schema " + PostgresConnections.quoted(place.schema()));
        }
        if (!OwnerTables.exist(sql)) {
            sql.number(ALONE, OwnerTables.SCHEMA);
            if (!OwnerTables.exist(sql)) {
                OwnerTables.make(sql);
            }
        }
        if (!has(sql, "identity")) {
            if (sql.number("select count(*) from pg_tables where schemaname = ?", place.schema()) > 0) {
                throw new RunHalted(
                        Code.JOURNAL,
                        "The schema " + place.schema() + " of the database " + place.address()
                                + " has tables, and they are not a journal of Catalog Drop. They were left as they are. Set"
                                + " drop.journal-schema to another schema, and start again.");
            }
            JournalIdentity.make(sql);
        }
        OwnerTables.enter(sql, place);
        checkAccount(sql);
        HandoverTables.make(sql);
    }

    /**
     * Opens a connection for what any machine may write, whoever the owner is. It is in transaction mode.
     *
     * @return empty if there is no journal that has been set up
     */
    public Optional<Sql> openAnywhere() {
        boolean[] isReady = {false};
        Sql sql = connected(connection -> {
            Sql opened = sql(connection);
            isReady[0] = has(opened, "handed_inboxes");
            if (isReady[0]) {
                checkAccount(opened);
                opened.transactions();
            } else {
                opened.close();
            }
            return opened;
        });
        return isReady[0] ? Optional.of(sql) : Optional.empty();
    }

    /** All in one transaction: a process that dies leaves either everything or nothing. */
    private void migrate(Sql sql, long now) throws SQLException {
        long version = isSetUp(sql) ? knownVersion(sql) : 0;
        if (version < Schema.VERSION) {
            Schema.migrate(sql, version, now, PostgresDatabase::inPostgres);
        }
    }

    /** Ids do not end at 2 147 483 647, and the order of texts does not depend on the locale of the server. */
    private static String inPostgres(String statement) {
        return statement.replaceAll("\\binteger\\b", "bigint").replaceAll("\\btext\\b", "text collate \"C\"");
    }

    @Override
    public Sql openReader() {
        return connected(connection -> {
            Sql sql = sql(connection);
            if (!isSetUp(sql) || knownVersion(sql) < Schema.VERSION) {
                throw Schema.outdated(name());
            }
            checkAccount(sql);
            PostgresConnections.useIndexes(sql);
            connection.setReadOnly(true);
            return sql;
        });
    }

    private boolean isSetUp(Sql sql) throws SQLException {
        return has(sql, "schema_version");
    }

    private boolean has(Sql sql, String table) throws SQLException {
        return sql.number(
                        "select count(*) from pg_tables where schemaname = ? and tablename = ?", place.schema(), table)
                > 0;
    }

    private long knownVersion(Sql sql) throws SQLException {
        return Schema.knownVersion(
                sql,
                name(),
                "journal",
                "It is in the state folder of the machine on which it was copied: remove drop.journal from the settings"
                        + " there, and start again. On other machines, stop the program.");
    }

    private void checkAccount(Sql sql) throws SQLException {
        String account = OwnerTables.account(sql, place.schema()).orElse(place.account());
        if (!account.equals(place.account())) {
            throw new RunHalted(
                    Code.JOURNAL,
                    name() + " belongs to the account " + account + "; this account is " + place.account()
                            + ". Each account has a schema of its own. Set drop.journal-schema to another one, and start again.");
        }
    }

    /** What must hold for the promise: texts of all languages, and a commit that is on disk when it returns. */
    private void check(Sql sql) throws SQLException {
        String encoding = setting(sql, "server_encoding");
        if (!encoding.equals("UTF8")) {
            throw new RunHalted(
                    Code.JOURNAL,
                    "The database " + place.address() + " has the encoding " + encoding
                            + "; expected UTF8. Create a database with the encoding UTF8, and start again.");
        }
        // A machine that stands still, or is gone, in the midst of a transaction must not keep others from the lease.
        sql.update("set idle_in_transaction_session_timeout = " + place.lease().toMillis());
        PostgresConnections.commitToDisk(sql);
        PostgresConnections.useIndexes(sql);
    }

    private static String setting(Sql sql, String name) throws SQLException {
        return sql.one("select current_setting(?)", result -> result.getString(1), name)
                .orElse("");
    }

    @Override
    public void fence(Sql sql) throws SQLException {
        Lease held = lease.orElseThrow();
        if (restored.isOpen()) {
            restored.requireLast(sql, held.fenceAndFindLast(sql));
        } else {
            held.fence(sql);
        }
    }

    @Override
    public void committed(JournalPosition position) {
        restored.note(position);
    }

    @Override
    public void requireOwner() {
        lease.orElseThrow().require();
    }

    @Override
    public void whenLost(Runnable listener) {
        listeners.add(listener);
        lease.orElseThrow().whenLost(listener);
    }

    @Override
    public void release() {
        lease.ifPresent(one -> LeaseKeeper.release(place, one));
        restored.end();
    }

    @Override
    public Optional<JournalOwner> findOwner() {
        return look().owner(place.schema());
    }

    /** Returns who owns the journals of the database, and which processes are there. */
    public JournalOwners look() {
        try (Connection connection = connect()) {
            return OwnerTables.look(sql(connection));
        } catch (SQLException fault) {
            if (NO_TABLE.equals(fault.getSQLState())) {
                return JournalOwners.NONE;
            }
            throw faultOf(fault);
        }
    }

    /** Returns whether an owner is a process of the state folder of this one. */
    public boolean isHere(JournalOwner owner) {
        return owner.isOf(place.state());
    }

    /** Returns why no machine uses the journal, because it was restored; empty if it may be used. */
    public Optional<String> findRefusal() {
        try (Connection connection = connect()) {
            return JournalIdentity.read(sql(connection)).refusal();
        } catch (SQLException fault) {
            if (NO_TABLE.equals(fault.getSQLState())) {
                return Optional.empty();
            }
            throw faultOf(fault);
        }
    }

    /** Returns what is there, and what this machine has seen. Reads only. */
    public Restoration compare() {
        Optional<JournalPosition> seen = restored.last().map(SeenJournals.Seen::position);
        try (Connection connection = connect()) {
            Sql sql = sql(connection);
            if (!isSetUp(sql)) {
                return new Restoration(seen, Optional.empty(), Optional.empty(), seen.isEmpty());
            }
            JournalIdentity identity = JournalIdentity.read(sql);
            return new Restoration(
                    seen,
                    Optional.of(JournalPosition.read(sql)),
                    identity.refusal(),
                    restored.compare(sql, identity).isEmpty());
        } catch (SQLException fault) {
            throw faultOf(fault);
        }
    }

    @Override
    public List<String> identities(Sql sql) throws SQLException {
        return JournalIdentity.read(sql).ids();
    }

    /** Accepts a journal that was restored, for all machines. */
    public void accept() {
        Sql open = connected(connection -> {
            Sql sql = sql(connection);
            sql.transactions();
            setUp(sql);
            JournalIdentity.read(sql).renew(sql, restored.last().map(SeenJournals.Seen::id));
            if (has(sql, "read_elements")) {
                forgetElements(sql);
            }
            HandoverTables.forgetFiles(sql);
            sql.commit();
            return sql;
        });
        try {
            open.close();
        } catch (SQLException broken) {
            // It is committed.
        }
    }

    /** What is known of elements may have changed since the backup: lists are read again, and no row counts as unchanged. */
    private static void forgetElements(Sql sql) throws SQLException {
        sql.update("delete from read_elements");
        sql.update("update keys set printed = 0");
        sql.update("update key_lists set highest = 0");
    }

    private Sql connected(SqlOpening opening) {
        return SqlOpening.open(this, this::connect, opening);
    }

    private Connection connect() throws SQLException {
        return PostgresConnections.open(place, LONGEST);
    }

    private static Sql sql(Connection connection) {
        return PostgresConnections.sql(connection);
    }

    private String name() {
        return "The journal in " + place.display();
    }

    /** A connection that is broken stays so: the journal has to be opened again. */
    @Override
    public RunHalted faultOf(SQLException fault) {
        if (JournalFaults.isAway(fault)) {
            listeners.forEach(Runnable::run);
        }
        return JournalFaults.ofPostgres(fault, place.display());
    }

    @Override
    public RunHalted broken(Throwable fault) {
        return JournalFaults.broken(place.display(), fault);
    }
}
