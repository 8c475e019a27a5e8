package org.catalogdrop.journal.postgres;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.Sql;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks now and then at the journals that other processes own, so that this machine notices a restored backup too. Used by one thread.
 */
final class StandbyLook {

    private static final Logger LOG = LoggerFactory.getLogger(StandbyLook.class);

    private static final Duration BETWEEN = Duration.ofSeconds(15);

    /** How long all looks of a turn may take: the thread has leases to renew. */
    private static final Duration LONGEST = Duration.ofMillis(500);

    /** What PostgreSQL says of a table or a schema that does not exist, that the user may not read, or that is locked. */
    private static final String UNKNOWN = "42P01|3F000|42501|55P03";

    private final Map<String, Long> lookedAt = new HashMap<>();

    /** Looks at each journal, if that is due. Those for which there is no time are due the next time. */
    void look(Sql sql, Collection<JournalPlace.Postgres> journals) throws SQLException {
        long start = System.nanoTime();
        for (JournalPlace.Postgres journal : journals) {
            long now = System.nanoTime();
            if (now - start > LONGEST.toNanos()) {
                return;
            }
            Long last = lookedAt.get(journal.schema());
            if (last == null || now - last >= between(journal).toNanos()) {
                lookedAt.put(journal.schema(), now);
                look(sql, journal);
            }
        }
    }

    /** Not more often than the owner renews its lease. */
    private static Duration between(JournalPlace.Postgres journal) {
        Duration thrice = journal.renewal().multipliedBy(3);
        return thrice.compareTo(BETWEEN) < 0 ? thrice : BETWEEN;
    }

    private static void look(Sql sql, JournalPlace.Postgres journal) throws SQLException {
        try {
            Optional<String> fault = new RestoreCheck(journal).observe(sql);
            fault.ifPresent(LOG::error);
        } catch (SQLException fault) {
            if (fault.getSQLState() == null || !fault.getSQLState().matches(UNKNOWN)) {
                throw fault;
            }
            // It is being made, migrated or restored. Whoever opens it compares it too.
        }
    }
}
