package org.catalogdrop.journal.store;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The process that owns a journal on PostgreSQL, or owned it last.
 *
 * @param account the account whose journal it is
 * @param process the process and its host, as it is shown to people
 * @param node identifies its state folder
 * @param member the process among the members; empty for one that only loads once
 * @param epoch the number of the ownership; 0 if nobody ever owned it
 * @param since when it took the journal, by the clock of the database
 * @param left how long its lease lasts from the moment of the question; not positive if it has ended
 */
public record JournalOwner(
        String account, String process, String node, String member, long epoch, Instant since, Duration left) {

    /** Returns whether its lease has not ended. */
    public boolean isLive() {
        return !left.isNegative() && !left.isZero();
    }

    /** Returns whether this is a process of a state folder. */
    public boolean isOf(Path state) {
        return NodeFile.find(state).filter(node::equals).isPresent();
    }

    /** Returns the owner in words. */
    public String display() {
        return process + " since " + since.truncatedTo(ChronoUnit.SECONDS);
    }
}
