package org.catalogdrop.journal.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.sqlite.SQLiteConfig;

/**
 * The journal in a file of SQLite. It is opened only if it is ours, of a known version, and undamaged. The code specific to SQLite is here; the
 * other SQL of this package is tested on PostgreSQL too.
 */
public final class SqliteDatabase implements Database {
    static final String FILE = "catalog-drop.db";

    /** "CDrp", SQLite's {@code application_id} in the file's header. */
    static final int APPLICATION_ID = 0x43447270;

    private static final int DAMAGED = 11;
    private static final int NOT_A_DATABASE = 26;

    /** Up to this many bytes the whole file is checked at start, which takes well under a second. */
    private static final long CHECKED_SIZE = 64L << 20;

    private final Path file;

    public SqliteDatabase(Path folder) {
        file = folder.resolve(FILE);
    }

    @Override
    public RunHalted faultOf(SQLException fault) {
        return JournalFaults.of(fault, file);
    }

    @Override
    public RunHalted broken(Throwable fault) {
        return JournalFaults.broken(file.toString(), fault);
    }

    /** Returns whether there is a journal. An empty file is one that is just being made, and has nothing yet. */
    @Override
    public boolean exists() {
        return !isEmpty();
    }

    /**
     * Returns if no drop is known here alone. Called before a journal in another place is used.
     *
     * @param elsewhere that place
     * @throws RunHalted if there are drops, and they were not copied
     */
    public void requireNoDrops(String elsewhere) {
        if (isEmpty()) {
            return;
        }
        refuseForeign();
        try (Sql sql = connected(Sql::new)) {
            if (!isFresh(sql) && !Schema.isCopied(sql) && sql.number("select count(*) from drops") > 0) {
                throw new RunHalted(
                        Code.JOURNAL,
                        "drop.journal is set, and the state folder has a journal with drops that was not copied: "
                                + file
                                + ". The journal in " + elsewhere
                                + " does not know them, so a load with it could send rows twice. Nothing is sent. Run 'catalog-drop"
                                + " journal copy', or remove drop.journal. If nobody needs to know these drops any more, move the"
                                + " file away. Then start again.");
            }
        } catch (SQLException fault) {
            throw faultOf(fault);
        }
    }

    @Override
    public Sql openWriter(long now) {
        refuseForeign();
        return connected(connection -> {
            Sql sql = new Sql(connection);
            boolean fresh = isFresh(sql);
            long version = fresh ? 0 : knownVersion(sql);
            if (!fresh) {
                check(sql);
            }
            if (version < Schema.VERSION) {
                // Before the write-ahead log is switched on, so that the header names its owner from the first moment.
                connection.setAutoCommit(false);
                execute(connection, "pragma application_id = " + APPLICATION_ID);
                Schema.migrate(sql, version, now, statement -> statement);
                connection.commit();
                connection.setAutoCommit(true);
            }
            execute(connection, "pragma journal_mode = wal");
            execute(connection, "pragma synchronous = full");
            execute(connection, "pragma foreign_keys = on");
            sql.transactions();
            return sql;
        });
    }

    @Override
    public Sql openReader() {
        refuseForeign();
        return connected(connection -> {
            Sql sql = new Sql(connection);
            if (isFresh(sql) || knownVersion(sql) < Schema.VERSION) {
                throw Schema.outdated("The journal " + file);
            }
            execute(connection, "pragma query_only = on");
            return sql;
        });
    }

    private Sql connected(SqlOpening opening) {
        return SqlOpening.open(this, () -> connect(url()), connection -> {
            execute(connection, "pragma busy_timeout = 5000");
            return opening.open(connection);
        });
    }

    /**
     * Refuses a file that is not ours, by its header alone: opening a foreign database could already change it (its log would be written
     * back). SQLite reads the header and not we, because closing a file releases all locks that this process has on it, including
     * SQLite's.
     */
    private void refuseForeign() {
        if (isEmpty() || Files.exists(file.resolveSibling(FILE + "-journal"))) {
            return;
        }
        try (Connection connection = connect(url() + "?immutable=1")) {
            refuseForeign((int) new Sql(connection).number("pragma application_id"));
        } catch (SQLException fault) {
            if (fault.getErrorCode() == DAMAGED && Files.exists(file.resolveSibling(FILE + "-wal"))) {
                // After a crash or on a full disk the header may name pages that are only in the log. The database is
                // then asked once more together with its log.
                return;
            }
            throw fault.getErrorCode() == NOT_A_DATABASE
                    ? foreign("it is not a SQLite database")
                    : JournalFaults.of(fault, file);
        }
    }

    static Connection connect(String url) throws SQLException {
        SqliteDriver.load();
        try {
            SQLiteConfig config = new SQLiteConfig();
            // Otherwise the driver asks for the last rowid after each insert.
            config.setGetGeneratedKeys(false);
            return DriverManager.getConnection(url, config.toProperties());
        } catch (LinkageError fault) {
            throw noLibrary(fault);
        } catch (SQLException fault) {
            if (SqliteDriver.isLoaded()) {
                throw fault;
            }
            throw noLibrary(fault);
        }
    }

    private static RunHalted noLibrary(Throwable fault) {
        return new RunHalted(
                Code.JOURNAL,
                "The library of SQLite cannot be loaded. It is unpacked into the folder "
                        + SqliteDriver.place()
                        + ", which must exist, be writable, have room, and allow programs to run (no 'noexec'). Nothing"
                        + " is sent without the journal. Fix that, or name another folder with -Djava.io.tmpdir, and start again. ["
                        + fault.getMessage() + "]");
    }

    private boolean isEmpty() {
        try {
            return !Files.exists(file) || Files.size(file) == 0;
        } catch (IOException fault) {
            throw JournalFaults.of(fault, file.toAbsolutePath().getParent());
        }
    }

    /** Returns the address as a URI, in which no character of a path has a meaning of its own. */
    private String url() {
        return "jdbc:sqlite:" + file.toAbsolutePath().toUri().toASCIIString();
    }

    private void refuseForeign(int applicationId) {
        if (applicationId != APPLICATION_ID) {
            throw foreign("its application_id is " + applicationId + ", ours is " + APPLICATION_ID);
        }
    }

    private boolean isFresh(Sql sql) throws SQLException {
        return sql.number("select count(*) from sqlite_master") == 0;
    }

    private long knownVersion(Sql sql) throws SQLException {
        refuseForeign((int) sql.number("pragma application_id"));
        return Schema.knownVersion(
                sql,
                "The journal " + file,
                "file",
                "Set drop.journal to the database that has it, and start again. To copy it back ('journal copy --back'), move"
                        + " this file away first.");
    }

    private void check(Sql sql) throws SQLException {
        if (sql.number("pragma page_count") * sql.number("pragma page_size") > CHECKED_SIZE) {
            return;
        }
        String found =
                sql.one("pragma quick_check(1)", result -> result.getString(1)).orElse("no answer");
        if (!found.equals("ok")) {
            throw new RunHalted(
                    Code.JOURNAL,
                    "The journal " + file + " is damaged: " + found.strip()
                            + ". Nothing was changed and nothing is sent."
                            + " Restore it from a backup, or move it away to begin with an empty one; then no drop under"
                            + " way is known any more.");
        }
    }

    private RunHalted foreign(String why) {
        return new RunHalted(
                Code.JOURNAL,
                "The file " + file + " is not a journal of Catalog Drop: " + why
                        + ". It was left as it is. Move it away, or"
                        + " set drop.state to another folder, and start again.");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
