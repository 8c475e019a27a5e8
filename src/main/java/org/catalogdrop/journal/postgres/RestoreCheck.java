package org.catalogdrop.journal.postgres;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.catalogdrop.journal.postgres.SeenJournals.Seen;
import org.catalogdrop.journal.store.JournalFaults;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.JournalPosition;
import org.catalogdrop.journal.store.ProcessName;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * Notices a database that was restored from a backup, because it lacks what this machine has seen there. What was sent since the backup is not
 * known in it, so rows could be sent twice. Safe for many threads.
 */
final class RestoreCheck {

    private static final String WHAT_NEXT =
            " The database was probably restored from a backup, or is a copy that lacks the latest changes. It does not know what"
                    + " was sent since, so a load could send rows twice. Nothing is sent. Bring back the later state of the"
                    + " database. If that is lost, check what was sent since (docs/several-machines.md says how), and accept the"
                    + " journal as it is: 'catalog-drop journal accept-restored'.";

    private final JournalPlace.Postgres place;
    private final SeenJournals seen;
    private final AtomicBoolean willBeKept = new AtomicBoolean();
    private boolean ended;
    private volatile Optional<Seen> open = Optional.empty();

    RestoreCheck(JournalPlace.Postgres place) {
        this.place = place;
        this.seen = SeenJournals.of(place.state());
    }

    /**
     * Returns if no journal was seen in the place. Called when there is none.
     *
     * @throws RunHalted if there was one
     */
    void requireNone() {
        Optional<Seen> before = seen.last(place.display());
        if (before.isPresent()) {
            throw new RunHalted(
                    Code.JOURNAL,
                    "There is no journal in " + place.display() + ". Expected one: this machine has seen it there ("
                            + before.get().position().display() + ")." + WHAT_NEXT);
        }
    }

    /**
     * Checks a journal that this process owns. If it was restored, keeps all machines from using it; the caller commits that.
     *
     * @return why it cannot be used; empty if it can
     */
    Optional<RunHalted> findFault(Sql sql) throws SQLException {
        JournalIdentity identity = JournalIdentity.read(sql);
        Optional<String> fault = identity.refusal().isPresent() ? identity.refusal() : compare(sql, identity);
        if (fault.isPresent()) {
            JournalIdentity.refuse(sql, fault.get());
            return fault.map(RestoreCheck::halted);
        }
        note(new Seen(identity.current(), place.display(), JournalPosition.read(sql)));
        keepNow();
        return Optional.empty();
    }

    private static RunHalted halted(String fault) {
        return new RunHalted(Code.JOURNAL, fault);
    }

    /**
     * Looks at a journal that another process owns, and notes how far it is. If it was restored, ends that ownership and keeps all machines
     * from using the journal.
     *
     * @param sql a connection without a transaction, to whatever schema
     * @return what the journal lacks; empty if nothing
     */
    Optional<String> observe(Sql sql) throws SQLException {
        JournalPosition before = seen.last(place.display()).map(Seen::position).orElse(JournalPosition.NONE);
        JournalPosition.Sight now = before.look(sql, PostgresConnections.quoted(place.schema()));
        Optional<Seen> last = seen.last(place.display());
        if (last.isPresent() && !last.get().id().equals(now.id())) {
            // The next opening compares the identities.
            return Optional.empty();
        }
        if (!now.hasSeen()) {
            String fault = lacks(before.display(), now.position());
            JournalIdentity.refuse(sql, place.schema(), fault);
            OwnerTables.revoke(sql, place.schema());
            return Optional.of(fault);
        }
        seen.note(new Seen(now.id(), place.display(), now.position()));
        if (!now.position().equals(before)) {
            keepSoon();
        }
        return Optional.empty();
    }

    /** Returns what the journal lacks; empty if nothing. */
    Optional<String> compare(Sql sql, JournalIdentity identity) throws SQLException {
        Optional<Seen> same = seen.find(identity.current());
        if (same.isPresent()) {
            JournalPosition before = same.get().position();
            return before.isBehind(sql) ? Optional.empty() : Optional.of(lacks(sql, before.display()));
        }
        Optional<Seen> other =
                seen.last(place.display()).filter(one -> !identity.ids().contains(one.id()));
        return other.isEmpty()
                ? Optional.empty()
                : Optional.of(lacks(sql, other.get().position().display() + " of a journal that is another one"));
    }

    private String lacks(Sql sql, String expected) throws SQLException {
        return lacks(expected, JournalPosition.read(sql));
    }

    private String lacks(String expected, JournalPosition found) {
        return "The journal in " + place.display() + " is not as " + ProcessName.host()
                + " has seen it. Expected at least " + expected + "; found "
                + found.display() + "." + WHAT_NEXT;
    }

    /** Notes what was committed. It reaches the disk soon. */
    void note(JournalPosition committed) {
        open.ifPresent(one -> note(new Seen(one.id(), one.place(), committed)));
        if (open.isPresent()) {
            keepSoon();
        }
    }

    private void keepSoon() {
        if (willBeKept.compareAndSet(false, true)) {
            later().execute(this::keepUnlessEnded);
        }
    }

    private void note(Seen now) {
        open = Optional.of(now);
        seen.note(now);
    }

    private Executor later() {
        return CompletableFuture.delayedExecutor(place.renewal().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Not after the end, when the state folder may be that of another process. */
    private synchronized void keepUnlessEnded() {
        if (!ended) {
            keep();
        }
    }

    private void keep() {
        willBeKept.set(false);
        try {
            seen.keep();
        } catch (IOException full) {
            // The process still knows it, and it is tried again after the next commit.
        }
    }

    private void keepNow() {
        try {
            seen.keep();
        } catch (IOException fault) {
            throw JournalFaults.of(fault, place.state());
        }
    }

    /** Writes to the disk what was noted. Called when the journal is closed. */
    synchronized void end() {
        ended = true;
        if (open.isPresent()) {
            keep();
        }
    }

    /** Returns whether the journal is open: it was compared, and this process writes it. */
    boolean isOpen() {
        return open.isPresent();
    }

    /**
     * Returns if a database still has the last request that this process has written. The first step of each transaction.
     *
     * @param last the last request that it has
     * @throws RunHalted if it has not
     */
    void requireLast(Sql sql, long last) throws SQLException {
        JournalPosition written = open.orElseThrow().position();
        if (last != written.request()) {
            throw halted(lacks(sql, written.display()));
        }
    }

    /** Returns which journal was seen in the place. */
    Optional<Seen> last() {
        return seen.last(place.display());
    }
}
