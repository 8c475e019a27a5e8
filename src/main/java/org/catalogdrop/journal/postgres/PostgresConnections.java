package org.catalogdrop.journal.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.catalogdrop.journal.store.JournalFaults;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.ProcessName;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/** Opens connections to the PostgreSQL database of a journal. Stateless. */
final class PostgresConnections {

    private static final String DRIVER = "org.postgresql.Driver";

    /** How long a server that does not answer may keep whoever connects. */
    private static final long LONGEST_CONNECT_SECONDS = 10;

    /** What SQLite allows in a text and PostgreSQL does not is stored as this, which no file has. */
    private static final char INSTEAD_OF_NUL = '\uFFFE';

    private PostgresConnections() {}

    /**
     * Opens a connection.
     *
     * @param longest how long a statement may wait for its answer, in whole seconds, at least one
     */
    static Connection open(JournalPlace.Postgres place, Duration longest) throws SQLException {
        loadDriver();
        Properties properties = new Properties();
        if (!place.user().isEmpty()) {
            properties.setProperty("user", place.user());
        }
        if (!place.password().isEmpty()) {
            properties.setProperty("password", place.password());
        }
        long seconds = Math.max(1, longest.toSeconds());
        properties.setProperty("currentSchema", quoted(place.schema()));
        properties.setProperty("ApplicationName", "catalog-drop " + ProcessName.display());
        // Saves the questions that the driver asks older servers.
        preset(place, properties, "assumeMinServerVersion", "15");
        preset(place, properties, "reWriteBatchedInserts", "true");
        // A machine that is gone answers nothing: neither may a wait be endless.
        preset(place, properties, "connectTimeout", Long.toString(Math.min(LONGEST_CONNECT_SECONDS, seconds)));
        preset(place, properties, "loginTimeout", Long.toString(Math.min(LONGEST_CONNECT_SECONDS, seconds) + 5));
        preset(place, properties, "socketTimeout", Long.toString(seconds));
        preset(place, properties, "tcpKeepAlive", "true");
        return DriverManager.getConnection(place.url(), properties);
    }

    /** Returns a connection with its statements. */
    static Sql sql(Connection connection) {
        return new Sql(connection, text -> text.replace('\0', INSTEAD_OF_NUL), true);
    }

    /** Lets a commit return only when it is on the disk of the server, also where the server does not do so by default. */
    static void commitToDisk(Sql sql) throws SQLException {
        sql.one(
                "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'",
                result -> result.getString(1));
    }

    /**
     * Lets statements use indexes. A plan is kept as long as the connection: one that was made for an empty table would read it whole for
     * each request of a load that fills it.
     */
    static void useIndexes(Sql sql) throws SQLException {
        sql.one(
                "select set_config('enable_seqscan', 'off', false), set_config('jit', 'off', false)",
                result -> result.getString(1));
    }

    /** What the address says counts. */
    private static void preset(JournalPlace.Postgres place, Properties properties, String name, String value) {
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

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
