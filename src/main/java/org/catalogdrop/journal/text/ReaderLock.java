package org.catalogdrop.journal.text;

import java.sql.SQLException;
import java.time.Duration;
import org.catalogdrop.journal.postgres.PostgresDatabase;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Sql;

/**
 * The lock of the one process that reads the API beside the owner of a journal, over all machines. It is a lock of the database that ends
 * with the connection, so that it is free when the process or its machine is gone. Used by one thread at a time.
 */
public final class ReaderLock implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(10);

    private static final String CLASS = "1128559218";

    private static final String TAKE = "select pg_try_advisory_lock(" + CLASS + ", hashtext(?))";

    private static final String HOLDER = "select application_name from pg_stat_activity join pg_locks using (pid)"
            + " where locktype = 'advisory' and granted and classid = " + CLASS
            + " and objid::bigint = (hashtext(?)::bigint & 4294967295)";

    private final PostgresDatabase database;
    private final String schema;
    private final Sql sql;

    public ReaderLock(JournalPlace.Postgres place) {
        this.database = new PostgresDatabase(place);
        this.schema = place.schema();
        this.sql = database.openBeside(ANSWER);
    }

    /** Takes the lock, if it is free. */
    public boolean isTaken() {
        try {
            AccountTextTable.watchConnection(sql);
            return sql.one(TAKE, result -> result.getBoolean(1), schema).orElse(false);
        } catch (SQLException fault) {
            throw database.faultOf(fault);
        }
    }

    /** Returns the process that has the lock, as it is shown to people. */
    public String holder() {
        try {
            return sql.one(HOLDER, result -> result.getString(1), schema)
                    .filter(name -> !name.isBlank())
                    .orElse("another process");
        } catch (SQLException fault) {
            throw database.faultOf(fault);
        }
    }

    @Override
    public void close() {
        AccountTextLock.close(sql);
    }
}
