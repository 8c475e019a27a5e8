package org.catalogdrop.journal.store;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The process that owns a journal on PostgreSQL.
 *
 * @param process the process and its host, as it is shown to people
 * @param node identifies its state folder
 * @param since when it took the journal, by the clock of the database
 * @param isLive whether its lease has not ended
 */
public record JournalOwner(String process, String node, Instant since, boolean isLive) {

    static Optional<JournalOwner> read(Sql sql) throws SQLException {
        return sql.one(
                "select process, node, since, until > clock_timestamp() from owner where epoch > 0",
                result -> new JournalOwner(
                        result.getString(1),
                        result.getString(2),
                        result.getObject(3, OffsetDateTime.class).toInstant(),
                        result.getBoolean(4)));
    }

    /** Returns whether this is a process of a state folder. */
    public boolean isOf(Path state) {
        return NodeFile.isOf(state, node);
    }

    /** Returns the owner in words. */
    public String display() {
        return process + " since " + since.truncatedTo(ChronoUnit.SECONDS);
    }
}
