package org.catalogdrop.observability;

import java.util.Optional;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.SqliteVersion;
import org.catalogdrop.load.LazyJournal;
import org.catalogdrop.model.RunHalted;

/** The health of the journal: whether it can be used by this process, and who owns it if it is on PostgreSQL. Safe for many threads. */
public final class JournalHealth {

    private final JournalPlace place;
    private final LazyJournal journal;
    private final boolean loadsOnCall;

    /**
     * @param journal the journal of the loader
     * @param loadsOnCall whether the loader takes the journal when it is called, as in a host, so that another owner keeps it from loading
     */
    public JournalHealth(JournalPlace place, LazyJournal journal, boolean loadsOnCall) {
        this.place = place;
        this.journal = journal;
        this.loadsOnCall = loadsOnCall;
    }

    Finding find() {
        if (place instanceof JournalPlace.Postgres database) {
            return inDatabase(database);
        }
        return SqliteVersion.findFault()
                .map(Finding::bad)
                .orElseGet(() -> Finding.good("this SQLite does not have the bug that can damage the journal"));
    }

    private Finding inDatabase(JournalPlace.Postgres database) {
        String there = "the journal in " + place.display();
        try {
            Optional<Ownership.Owner> other = Journal.foreignOwner(database);
            if (journal.isLost()) {
                return Finding.bad(there + " was lost"
                        + other.map(owner -> " to " + owner.name()).orElse("")
                        + ", so nothing is sent. The loader has it again by itself when it can.");
            }
            if (other.isEmpty()) {
                return Finding.good(there
                        + Journal.owner(place)
                                .map(owner -> " is owned by " + owner.name())
                                .orElse(" has no owner"));
            }
            String owned = there + " is owned by " + other.get().name();
            if (journal.standsBy()) {
                return Finding.good(owned + "; this process stands by, and takes over by itself");
            }
            return loadsOnCall
                    ? Finding.bad(owned + ". Nothing can be loaded here until that process stops or is gone.")
                    : Finding.good(owned);
        } catch (RunHalted away) {
            return Finding.bad(away.getMessage());
        }
    }
}
