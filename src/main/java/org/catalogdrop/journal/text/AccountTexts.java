package org.catalogdrop.journal.text;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.catalogdrop.journal.postgres.PostgresDatabase;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * Texts with a name in the schema of a journal on PostgreSQL. All processes of the account can read and write them, not only the owner of
 * the journal. Each call uses a connection of its own, because they are rare. Methods throw
 * {@link org.catalogdrop.model.RunHalted} if the database is away or refuses. Safe for many threads.
 */
public final class AccountTexts {

    /** How long a single statement may take. */
    private static final Duration ANSWER = Duration.ofSeconds(10);

    /** The SQLSTATE of a lock that was not free in time. */
    private static final String NOT_FREE = "55P03";

    private final PostgresDatabase database;
    private final String place;

    public AccountTexts(JournalPlace.Postgres place) {
        this.database = new PostgresDatabase(place);
        this.place = place.display();
    }

    /** Returns the place of the texts, as it is shown to people. */
    public String place() {
        return place;
    }

    /** Returns a text; empty if there is none. */
    public Optional<String> read(String name) {
        try (Sql sql = database.openBeside(ANSWER)) {
            return AccountTextTable.read(sql, name);
        } catch (SQLException fault) {
            throw database.faultOf(fault);
        }
    }

    /** Writes a text in place of the one before. It is durable when this returns. */
    public void write(String name, String text) {
        change(sql -> AccountTextTable.write(sql, name, text));
    }

    /** Deletes a text, if it is there. */
    public void delete(String name) {
        change(sql -> AccountTextTable.delete(sql, name));
    }

    private void change(Sql.Step step) {
        try (Sql sql = database.openBesideForWriting(ANSWER)) {
            AccountTextTable.setUp(sql);
            step.with(sql);
            sql.commit();
        } catch (SQLException fault) {
            throw database.faultOf(fault);
        }
    }

    /**
     * Waits for the lock of a text, which one process at a time has, over all machines. It has been written once more when this returns, so
     * the database can take a new text.
     *
     * @param longest how long to wait
     * @param idle how long the lock is kept for a process that stands still; after that the database gives it to the next one
     * @throws RunHalted if the lock is not free in that time
     */
    public AccountTextLock lock(String name, Duration longest, Duration idle) {
        Sql sql = database.openBesideForWriting(longest.plus(ANSWER));
        boolean locked = false;
        try {
            AccountTextTable.setUp(sql);
            sql.commit();
            AccountTextTable.limitLock(sql, longest, idle);
            AccountTextTable.touch(sql, name);
            sql.commit();
            String text = AccountTextTable.lock(sql, name);
            locked = true;
            return new AccountTextLock(database, sql, name, text);
        } catch (SQLException fault) {
            if (NOT_FREE.equals(fault.getSQLState())) {
                throw new RunHalted(
                        Code.API_AWAY,
                        "another process has had the " + name + " in " + place + " for more than " + longest.toSeconds()
                                + " s. Find out what it waits for, then run again to resume.");
            }
            throw database.faultOf(fault);
        } finally {
            if (!locked) {
                AccountTextLock.close(sql);
            }
        }
    }
}
