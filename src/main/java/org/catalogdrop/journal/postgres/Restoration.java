package org.catalogdrop.journal.postgres;

import java.util.Optional;
import org.catalogdrop.journal.store.JournalPosition;

/**
 * What is in the place of a journal, beside what this machine has seen there.
 *
 * @param seen how far this machine has seen it; empty if it never has
 * @param found how far it is; empty if there is none
 * @param refusal why no machine uses it; empty if nobody has refused it
 * @param isComplete whether it has all that this machine has seen
 */
public record Restoration(
        Optional<JournalPosition> seen, Optional<JournalPosition> found, Optional<String> refusal, boolean isComplete) {

    /** Returns whether there is something to accept. A journal that has gone on since this machine saw it lacks nothing. */
    public boolean isToBeAccepted() {
        return refusal.isPresent() || !isComplete;
    }
}
