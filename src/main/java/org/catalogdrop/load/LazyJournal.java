package org.catalogdrop.load;

import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.store.SqliteVersion;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal, opened when it is first needed: a command that only reads a list must not keep others from loading. Safe for many threads.
 */
public final class LazyJournal implements Supplier<Journal>, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LazyJournal.class);

    private final JournalPlace place;
    private final InstantSource clock;
    private final Runnable whenOpened;
    private volatile Runnable onLoss = () -> {};
    private volatile boolean lost;
    private volatile Optional<Supplier<RunHalted>> standby = Optional.empty();
    private volatile Journal journal;
    private boolean closed;

    /** @param whenOpened is called when this process is the owner */
    public LazyJournal(JournalPlace place, InstantSource clock, Runnable whenOpened) {
        this.whenOpened = whenOpened;
        this.place = place;
        this.clock = clock;
    }

    @Override
    public synchronized Journal get() {
        if (closed) {
            throw new RunHalted(
                    Code.STOPPED, "The journal is closed, because the loader has ended. Start it again to resume.");
        }
        standby.ifPresent(reason -> {
            throw reason.get();
        });
        if (journal == null) {
            journal = Journal.open(place, clock);
            if (place instanceof JournalPlace.Postgres) {
                journal.whenLost(this::lose);
                LOG.info("this process is the owner of the journal in {} now", place.display());
            } else {
                SqliteVersion.findFault().ifPresent(LOG::warn);
            }
            whenOpened.run();
        }
        return journal;
    }

    /**
     * Keeps it from being opened, because another process is the owner.
     *
     * @param reason what those are told that need it
     */
    public void standBy(Supplier<RunHalted> reason) {
        standby = Optional.of(reason);
    }

    /** Returns whether another process is the owner, and this one waits for it. */
    public boolean standsBy() {
        return standby.isPresent();
    }

    /** Returns whether this process was the owner and is not any more, or its database is away. */
    public boolean isLost() {
        return lost;
    }

    /** Returns if this process may send: no journal was needed yet, or it is certainly the owner. Throws else. */
    public void requireOwner() {
        Journal open = journal;
        if (open != null) {
            open.requireOwner();
        }
    }

    /** Listens for the loss of a journal that another process can own. Called at once, or once more, if it is lost already. */
    public void whenLost(Runnable listener) {
        onLoss = listener;
        if (lost) {
            listener.run();
        }
    }

    /** Without a lock, since the one who loses the journal holds locks of it. */
    private void lose() {
        lost = true;
        onLoss.run();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (journal != null) {
            journal.close();
        }
    }
}
