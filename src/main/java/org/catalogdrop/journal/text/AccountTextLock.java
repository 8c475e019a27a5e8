package org.catalogdrop.journal.text;

import java.sql.SQLException;
import org.catalogdrop.journal.postgres.PostgresDatabase;
import org.catalogdrop.journal.store.Sql;

/**
 * The lock of a text in the database. It ends with its connection: the database releases it when the process or its machine is gone, or
 * stands still for too long. Used by one thread.
 */
public final class AccountTextLock implements AutoCloseable {

    private final PostgresDatabase database;
    private final Sql sql;
    private final String name;
    private final String text;

    AccountTextLock(PostgresDatabase database, Sql sql, String name, String text) {
        this.database = database;
        this.sql = sql;
        this.name = name;
        this.text = text;
    }

    /** Returns the text when the lock was taken; empty text if there was none. */
    public String text() {
        return text;
    }

    /**
     * Returns if this process has the lock still.
     *
     * @throws org.catalogdrop.model.RunHalted if it may not have it
     */
    public void require() {
        try {
            sql.number("select 1");
        } catch (SQLException lost) {
            throw database.faultOf(lost);
        }
    }

    /** Replaces the text, and releases the lock. The text is durable when this returns. */
    public void write(String next) {
        try {
            AccountTextTable.write(sql, name, next);
            sql.commit();
        } catch (SQLException fault) {
            throw database.faultOf(fault);
        }
    }

    @Override
    public void close() {
        close(sql);
    }

    static void close(Sql sql) {
        try {
            sql.close();
        } catch (SQLException broken) {
            // The lock ends with the connection.
        }
    }
}
