package org.catalogdrop.journal.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * A journal in a schema of a PostgreSQL database. It is opened only if it is ours, of a known version, and of this account. The code
 * specific to PostgreSQL is here.
 */
public final class PostgresDatabase implements Database {

    private static final String DRIVER = "org.postgresql.Driver";

    /** The first half of the advisory locks of this program, "CDrp". */
    private static final int LOCKS = 0x43447270;

    private static final int ATTEMPTS = 20;

    /** What SQLite allows in a text and PostgreSQL does not is stored as this, which no file has. */
    private static final char INSTEAD_OF_NUL = '\uFFFE';

    private final JournalPlace.Postgres place;

    public PostgresDatabase(JournalPlace.Postgres place) {
        this.place = place;
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
            takeLock(sql);
            if (sql.number("select count(*) from pg_namespace where nspname = ?", place.schema()) == 0) {
                execute(connection, "create schema " + quoted(place.schema()));
            }
            sql.transactions();
            migrate(sql, now);
            sql.commit();
            return sql;
        });
    }

    /** All in one transaction: a process that dies leaves either everything or nothing. */
    private void migrate(Sql sql, long now) throws SQLException {
        boolean fresh = !isSetUp(sql);
        if (fresh && sql.number("select count(*) from pg_tables where schemaname = ?", place.schema()) > 0) {
            throw new RunHalted(
                    Code.JOURNAL,
                    "The schema " + place.schema() + " of the database " + address()
                            + " has tables, and they are not a journal of Catalog Drop. They were left as they are. Set"
                            + " drop.journal-schema to another schema, and start again.");
        }
        long version = fresh ? 0 : knownVersion(sql);
        if (version < Schema.VERSION) {
            Schema.migrate(sql, version, now, PostgresDatabase::inPostgres);
        }
        sql.update("create table if not exists journal_account (account text not null)");
        if (sql.number("select count(*) from journal_account") == 0) {
            sql.update("insert into journal_account (account) values (?)", place.account());
        }
        checkAccount(sql);
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
                throw new RunHalted(
                        Code.JOURNAL,
                        name()
                                + " is not set up yet, or is of an older version. Start a load once: it brings the journal"
                                + " up to date.");
            }
            checkAccount(sql);
            connection.setReadOnly(true);
            return sql;
        });
    }

    private boolean isSetUp(Sql sql) throws SQLException {
        return sql.number(
                        "select count(*) from pg_tables where schemaname = ? and tablename = 'schema_version'",
                        place.schema())
                > 0;
    }

    private long knownVersion(Sql sql) throws SQLException {
        long version = Schema.version(sql);
        if (version > Schema.VERSION) {
            throw new RunHalted(
                    Code.JOURNAL,
                    name() + " is of version " + version + "; this program knows versions up to " + Schema.VERSION
                            + ". A newer Catalog Drop has used it: use that one. The journal was left as it is.");
        }
        return version;
    }

    private void checkAccount(Sql sql) throws SQLException {
        String account = sql.one("select account from journal_account", result -> result.getString(1))
                .orElse("");
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
                    "The database " + address() + " has the encoding " + encoding
                            + "; expected UTF8. Create a database with the encoding UTF8, and start again.");
        }
        if (setting(sql, "synchronous_commit").equals("off")) {
            sql.update("set synchronous_commit = on");
        }
    }

    private static String setting(Sql sql, String name) throws SQLException {
        return sql.one("select current_setting(?)", result -> result.getString(1), name)
                .orElse("");
    }

    /** The lock belongs to the connection of the writer: what is written is written while it is held. */
    private void takeLock(Sql sql) throws SQLException {
        boolean taken = false;
        for (int attempt = 0; !taken && attempt < ATTEMPTS; attempt++) {
            // The server ends a connection a moment after it was closed.
            sql.number("select 1 from pg_sleep(?)", attempt == 0 ? 0.0 : 0.05);
            taken = sql.one(
                            "select pg_try_advisory_lock(" + LOCKS + ", hashtext(?))",
                            result -> result.getBoolean(1),
                            place.schema())
                    .orElse(false);
        }
        if (!taken) {
            throw new RunHalted(
                    Code.OWNED,
                    name() + " is in use by "
                            + holder(sql).orElse("another process")
                            + ". Only one process at a time may use the journal of an account. Wait for that process or stop it.");
        }
    }

    private Optional<String> holder(Sql sql) throws SQLException {
        return sql.one(
                "select application_name, client_addr::text, date_trunc('second', backend_start)::text"
                        + " from pg_locks join pg_stat_activity using (pid) where locktype = 'advisory' and granted"
                        + " and database = (select oid from pg_database where datname = current_database())"
                        + " and classid = " + LOCKS + " and objid::bigint = (hashtext(?)::bigint & 4294967295)",
                result -> result.getString(1) + " (address " + result.getString(2) + ", connected since "
                        + result.getString(3) + ")",
                place.schema());
    }

    private interface Opening {
        Sql open(Connection connection) throws SQLException;
    }

    private Sql connected(Opening opening) {
        Connection connection = null;
        boolean open = false;
        try {
            connection = connect();
            Sql sql = opening.open(connection);
            open = true;
            return sql;
        } catch (SQLException fault) {
            throw faultOf(fault);
        } finally {
            if (!open) {
                closeQuietly(connection);
            }
        }
    }

    private Connection connect() throws SQLException {
        loadDriver();
        Properties properties = new Properties();
        if (!place.user().isEmpty()) {
            properties.setProperty("user", place.user());
        }
        if (!place.password().isEmpty()) {
            properties.setProperty("password", place.password());
        }
        properties.setProperty("currentSchema", quoted(place.schema()));
        properties.setProperty("ApplicationName", process());
        // A machine that is gone answers nothing: neither may a wait be endless.
        preset(properties, "connectTimeout", "10");
        preset(properties, "loginTimeout", "15");
        preset(properties, "socketTimeout", "60");
        preset(properties, "tcpKeepAlive", "true");
        return DriverManager.getConnection(place.url(), properties);
    }

    /** What the address says counts. */
    private void preset(Properties properties, String name, String value) {
        if (!place.url().matches(".*[?&]" + name + "=.*")) {
            properties.setProperty(name, value);
        }
    }

    private static void loadDriver() {
        try {
            Class.forName(DRIVER);
        } catch (ClassNotFoundException missing) {
            throw JournalFaults.because(
                    new RunHalted(
                            Code.JOURNAL,
                            "The driver of PostgreSQL is not on the class path (" + DRIVER
                                    + "). Add org.postgresql:postgresql to the application, or remove drop.journal."),
                    missing);
        }
    }

    private Sql sql(Connection connection) {
        return new Sql(connection, text -> text.replace('\0', INSTEAD_OF_NUL));
    }

    private static String process() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            host = "unknown";
        }
        return "catalog-drop process " + ProcessHandle.current().pid() + " on host " + host;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private String name() {
        return "The journal in " + place.display();
    }

    private String address() {
        return place.url().replaceFirst("\\?.*", "");
    }

    @Override
    public RunHalted faultOf(SQLException fault) {
        return JournalFaults.ofPostgres(fault, place.display());
    }

    @Override
    public RunHalted broken(Throwable fault) {
        return JournalFaults.broken(place.display(), fault);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            if (connection != null) {
                connection.close();
            }
        } catch (SQLException fault) {
            // The first fault is the one to report.
        }
    }
}
