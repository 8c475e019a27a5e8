package org.catalogdrop.observability;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.catalogdrop.journal.postgres.JournalOwners;
import org.catalogdrop.journal.postgres.LeaseKeeper;
import org.catalogdrop.journal.postgres.PostgresDatabase;
import org.catalogdrop.journal.store.JournalOwner;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.SqliteVersion;
import org.catalogdrop.load.LazyJournal;
import org.catalogdrop.model.RunHalted;

/**
 * The health of the journal: whether this process can use it, and who owns it and stands by for it if it is on PostgreSQL. Safe for many
 * threads.
 */
public final class JournalHealth {

    /** Several metrics and checks that are read together ask the database once. */
    private static final Duration LASTS = Duration.ofSeconds(1);

    private final JournalPlace place;
    private final BooleanSupplier lost;
    private final BooleanSupplier standsBy;
    private final Supplier<Optional<String>> fault;
    private final boolean loadsOnCall;
    private Optional<Look> last = Optional.empty();

    private record Look(JournalOwners owners, long nanos) {
        private boolean isOld() {
            return System.nanoTime() - nanos > LASTS.toNanos();
        }
    }

    /**
     * @param journal the journal of the loader
     * @param loadsOnCall whether the loader takes the journal when it is called, as in a host, so that another owner keeps it from loading
     */
    public JournalHealth(JournalPlace place, LazyJournal journal, boolean loadsOnCall) {
        this(place, journal::isLost, journal::standsBy, Optional::empty, loadsOnCall);
    }

    private JournalHealth(
            JournalPlace place,
            BooleanSupplier lost,
            BooleanSupplier standsBy,
            Supplier<Optional<String>> fault,
            boolean loadsOnCall) {
        this.place = place;
        this.lost = lost;
        this.standsBy = standsBy;
        this.fault = fault;
        this.loadsOnCall = loadsOnCall;
    }

    /**
     * Returns the health of a program that stands by.
     *
     * @param fault why the journal cannot be used now; empty if only another process has it
     */
    public static JournalHealth ofStandby(JournalPlace.Postgres place, Supplier<Optional<String>> fault) {
        return new JournalHealth(place, () -> false, () -> true, fault, false);
    }

    /** Returns whether the journal can be used, and who owns it. */
    public Finding find() {
        Optional<String> known = fault.get();
        if (known.isPresent()) {
            return Finding.bad(known.get());
        }
        if (place instanceof JournalPlace.Postgres there) {
            return inDatabase(there);
        }
        return SqliteVersion.findFault()
                .map(Finding::bad)
                .orElseGet(() -> Finding.good("this SQLite does not have the bug that can damage the journal"));
    }

    private Finding inDatabase(JournalPlace.Postgres there) {
        String name = "the journal in " + place.display();
        try {
            JournalOwners owners = look(there);
            Optional<JournalOwner> owner = owners.owner(there.schema());
            boolean isOther = owner.filter(one -> !isHere(there, one)).isPresent();
            if (lost.getAsBoolean()) {
                return Finding.bad(name + " was lost"
                        + (isOther ? " to " + owner.get().display() : "")
                        + ", so nothing is sent. The loader has it again by itself when it can.");
            }
            String owned = name
                    + owner.map(one -> " is owned by " + one.display()).orElse(" has no owner")
                    + standbys(owners.standbys(there.schema()));
            if (isOther && standsBy.getAsBoolean()) {
                return Finding.good(owned + "; this process stands by, and takes over by itself");
            }
            return isOther && loadsOnCall
                    ? Finding.bad(owned + ". Nothing can be loaded here until that process stops or is gone.")
                    : Finding.good(owned);
        } catch (RunHalted away) {
            return Finding.bad(away.getMessage());
        }
    }

    private static String standbys(List<String> processes) {
        return processes.isEmpty() ? "" : "; standing by: " + String.join(", ", processes);
    }

    private synchronized JournalOwners look(JournalPlace.Postgres there) {
        if (last.isEmpty() || last.get().isOld()) {
            JournalOwners now = LeaseKeeper.known(there).orElseGet(() -> new PostgresDatabase(there).look());
            last = Optional.of(new Look(now, System.nanoTime()));
        }
        return last.get().owners();
    }

    private static boolean isHere(JournalPlace.Postgres there, JournalOwner owner) {
        return new PostgresDatabase(there).isHere(owner);
    }

    /** Returns whether other processes can own the journal. */
    boolean isShared() {
        return place instanceof JournalPlace.Postgres;
    }

    /** Returns whether this process owns the journal. */
    boolean isOwner() {
        return owner().filter(owner -> isHere((JournalPlace.Postgres) place, owner))
                .isPresent();
    }

    /** Returns for how many seconds the journal has had its owner; -1 if it has none, or if that is not known. */
    double ownedSeconds() {
        return owner().map(
                        owner -> Duration.between(owner.since(), Instant.now()).toMillis() / 1000.0)
                .orElse(-1.0);
    }

    /** Returns how many seconds the lease of the owner lasts; -1 if it has none, or if that is not known. */
    double leaseSeconds() {
        return owner().map(owner -> owner.left().toMillis() / 1000.0).orElse(-1.0);
    }

    /** Returns how many processes stand by for the journal; -1 if that is not known. */
    double standbys() {
        try {
            return place instanceof JournalPlace.Postgres there
                    ? look(there).standbys(there.schema()).size()
                    : 0;
        } catch (RunHalted away) {
            return -1;
        }
    }

    private Optional<JournalOwner> owner() {
        try {
            return place instanceof JournalPlace.Postgres there ? look(there).owner(there.schema()) : Optional.empty();
        } catch (RunHalted away) {
            return Optional.empty();
        }
    }
}
