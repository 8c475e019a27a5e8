package org.catalogdrop.journal.store;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.RunHalted;

/** Opens a journal. Its methods throw {@link RunHalted} with a message that says what to do. Safe for many threads. */
public interface Database {

    /** Returns whether there is a journal that has been set up. */
    boolean exists();

    /** Opens the journal for its owner: makes or migrates the tables. The connection is in transaction mode. */
    Sql openWriter(long now);

    /** Opens the journal for reading while the owner, in this process or another, uses it. */
    Sql openReader();

    /** Returns what a fault of the database means. */
    RunHalted faultOf(SQLException fault);

    /**
     * Lets a transaction write only if this process is still the owner of the journal. It is the first step of each.
     *
     * @throws RunHalted if it is not
     */
    default void fence(Sql sql) throws SQLException {
        // The lock of the state folder is held as long as the process lives.
    }

    /**
     * Returns if this process is certainly the owner of the journal now.
     *
     * @throws RunHalted if it may not be, so that nothing may be sent
     */
    default void requireOwner() {
        // As above.
    }

    /** Listens for the loss of the journal to another process. */
    default void whenLost(Runnable listener) {
        // It cannot be lost.
    }

    /** Notes how far the journal is. Called after each commit. */
    default void committed(JournalPosition position) {
        // What is in the state folder is not restored behind the back of its process.
    }

    /** Gives the journal up after everything is written. */
    default void release() {
        // The lock of the state folder is released by its owner.
    }

    /**
     * Returns what tells a journal on PostgreSQL from all others, the current name first; empty for one in a state folder.
     *
     * @param sql a connection to it
     */
    default List<String> identities(Sql sql) throws SQLException {
        return List.of();
    }

    /** Returns which process owns the journal; empty if none does, or if that is the owner of the state folder. */
    default Optional<JournalOwner> findOwner() {
        return Optional.empty();
    }

    /** Returns the fault of a journal that failed because of a fault of this program. */
    RunHalted broken(Throwable fault);
}
