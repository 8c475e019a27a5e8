package org.catalogdrop.journal.postgres;

import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.catalogdrop.journal.store.JournalFaults;
import org.catalogdrop.journal.store.JournalOwner;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.NodeFile;
import org.catalogdrop.model.RunHalted;

/**
 * Follows who owns a journal on PostgreSQL, for a process that wants it as long as this is open. It has no connection of its own: {@link
 * LeaseKeeper} looks for all of them. Safe for many threads.
 */
public final class JournalWatch implements AutoCloseable {

    /**
     * What was seen last.
     *
     * @param owners the owners of all journals of the database
     * @param takeable whether this process takes the journal now
     * @param surplus whether this process owns the journal, and another one could have it instead
     */
    record Sight(JournalOwners owners, boolean takeable, boolean surplus) {}

    private final JournalPlace.Postgres place;
    private final Runnable news;
    private final Predicate<JournalWatch> giving;
    private final Consumer<JournalWatch> closing;
    private final Runnable looking;
    private Optional<Sight> sight = Optional.empty();
    private Optional<Throwable> fault = Optional.empty();
    private boolean closed;

    /** The name of the state folder, once it has one. */
    private volatile Optional<String> node = Optional.empty();

    /**
     * @param news is called when something has changed; no lock is held then
     * @param looking lets the keeper look
     * @param giving asks the keeper whether the journal may be given up
     * @param closing is called once, at the end
     */
    JournalWatch(
            JournalPlace.Postgres place,
            Runnable news,
            Runnable looking,
            Predicate<JournalWatch> giving,
            Consumer<JournalWatch> closing) {
        this.place = place;
        this.news = news;
        this.looking = looking;
        this.giving = giving;
        this.closing = closing;
    }

    JournalPlace.Postgres place() {
        return place;
    }

    /** Returns whether it follows the journal of a place. */
    public boolean isOf(JournalPlace other) {
        return place.equals(other);
    }

    /** Records what was seen. */
    void see(Sight now) {
        boolean changed;
        synchronized (this) {
            changed = fault.isPresent()
                    || sight.filter(before -> !isSame(before, now)).isPresent();
            sight = Optional.of(now);
            fault = Optional.empty();
            notifyAll();
        }
        if (changed) {
            news.run();
        }
    }

    private boolean isSame(Sight before, Sight now) {
        return before.takeable() == now.takeable()
                && before.surplus() == now.surplus()
                && foreign(before).equals(foreign(now));
    }

    /** Records that nothing can be seen. */
    void fail(Throwable why) {
        boolean changed;
        synchronized (this) {
            changed = sight.isPresent() && fault.isEmpty();
            fault = Optional.of(why);
            notifyAll();
        }
        if (changed) {
            news.run();
        }
    }

    private Optional<String> foreign(Sight seen) {
        return seen.owners()
                .owner(place.schema())
                .filter(owner -> !isHere(owner))
                .map(JournalOwner::display);
    }

    /** Returns whether an owner is, or was, a process of the state folder of this one. */
    boolean isHere(JournalOwner owner) {
        if (node.isEmpty()) {
            node = NodeFile.find(place.state());
        }
        return node.filter(owner.node()::equals).isPresent();
    }

    /** Forgets what was seen, and looks again. */
    public void refresh() {
        synchronized (this) {
            sight = Optional.empty();
            fault = Optional.empty();
        }
        looking.run();
    }

    /**
     * Returns why this process does not take the journal now; empty if it does. Waits for the first look.
     *
     * @throws RunHalted if the database is away
     */
    public Optional<String> findReasonToWait() throws InterruptedException {
        Sight seen = await();
        Optional<String> owner = foreign(seen);
        if (owner.isPresent()) {
            return Optional.of("the owner of the journal is " + owner.get());
        }
        return seen.takeable() && !isClosed()
                ? Optional.empty()
                : Optional.of("no process owns the journal yet, and it is left to one that owns fewer");
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private synchronized Sight await() throws InterruptedException {
        while (sight.isEmpty() && fault.isEmpty() && !closed) {
            wait();
        }
        if (fault.isPresent()) {
            throw fault.get() instanceof SQLException away
                    ? JournalFaults.ofPostgres(away, place.display())
                    : fault.get() instanceof RunHalted halted
                            ? JournalFaults.because(new RunHalted(halted.problem()), halted)
                            : JournalFaults.broken(place.display(), fault.get());
        }
        return sight.orElseGet(() -> new Sight(JournalOwners.NONE, false, false));
    }

    /** Returns whether this process owns more journals than its share, and this one could be given to another process. */
    public synchronized boolean isSurplus() {
        return fault.isEmpty() && sight.filter(Sight::surplus).isPresent();
    }

    /** Returns whether this journal is to be released now, so that another process takes it. True for one journal at a time. */
    public boolean giveUp() {
        return isSurplus() && giving.test(this);
    }

    /** Ends it: this process does not want the journal any more. A second call does nothing. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            notifyAll();
        }
        closing.accept(this);
    }
}
