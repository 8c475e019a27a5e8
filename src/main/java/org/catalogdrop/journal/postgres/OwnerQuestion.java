package org.catalogdrop.journal.postgres;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Sql;

/**
 * Asks the database which leases have not ended: no clock of this machine can tell. The clocks of a virtual machine stand still with it, so it
 * does not notice that it was suspended. Threads that ask at the same time share an answer, and all accounts of a process share a
 * connection, which is opened for the first question. Safe for many threads.
 */
final class OwnerQuestion implements AutoCloseable {

    /**
     * An answer.
     *
     * @param asked how many had asked when the question left
     * @param live the leases that had not ended
     * @param fault why there is no answer; empty if there is one
     */
    private record Answer(long asked, Set<OwnerTables.Ownership> live, Optional<SQLException> fault) {}

    private final JournalPlace.Postgres place;
    private final AtomicLong asked = new AtomicLong();
    private Answer last = new Answer(0, Set.of(), Optional.empty());
    private Optional<Sql> connection = Optional.empty();
    private boolean closed;

    OwnerQuestion(JournalPlace.Postgres place) {
        this.place = place;
    }

    /** Returns whether a lease had not ended at a moment after this call. */
    boolean isLive(OwnerTables.Held held) throws SQLException {
        long mine = asked.incrementAndGet();
        synchronized (this) {
            if (last.asked() < mine) {
                last = ask(asked.get());
            }
            if (last.fault().isPresent()) {
                throw again(last.fault().get());
            }
            return last.live().contains(held.ownership());
        }
    }

    private Answer ask(long all) {
        try {
            return new Answer(all, askTwice(), Optional.empty());
        } catch (SQLException away) {
            return new Answer(all, Set.of(), Optional.of(away));
        }
    }

    /** A connection that was not used for a while may be broken. */
    private Set<OwnerTables.Ownership> askTwice() throws SQLException {
        if (connection.isPresent()) {
            try {
                return askOnce();
            } catch (SQLException broken) {
                disconnect();
            }
        }
        if (closed) {
            return Set.of();
        }
        connection = Optional.of(PostgresConnections.sql(PostgresConnections.open(place, place.renewal())));
        return askOnce();
    }

    private Set<OwnerTables.Ownership> askOnce() throws SQLException {
        return OwnerTables.live(connection.orElseThrow());
    }

    /** Returns a new exception, so that each caller has its own stack. */
    private static SQLException again(SQLException fault) {
        return new SQLException(fault.getMessage(), fault.getSQLState(), fault);
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

    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
    }
}
