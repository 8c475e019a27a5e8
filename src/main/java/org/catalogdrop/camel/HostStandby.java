package org.catalogdrop.camel;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.catalogdrop.journal.postgres.JournalWatch;
import org.catalogdrop.journal.postgres.LeaseKeeper;
import org.catalogdrop.journal.postgres.PostgresDatabase;
import org.catalogdrop.journal.store.JournalOwner;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the loader in the context of a host whose journal other processes can own. When the journal is lost or its database is away, the loader
 * is made anew as a whole, so that nothing is left of what was known before another process was the owner. A loader that watches its
 * inbox stands by while another process is the owner, and takes over when it can. Safe for many threads.
 */
final class HostStandby {

    private static final Logger LOG = LoggerFactory.getLogger(HostStandby.class);

    /** A stop of the context waits no longer for a loader that is being made: Camel may hold locks meanwhile. */
    private static final long LONGEST_WAIT_SECONDS = 10;

    /** A loader that can leave its context, for another one. */
    interface Loader {

        /** Puts beans and routes into the context. */
        void enter() throws Exception;

        /** Takes itself out of the context, and gives up the journal. */
        void leave();

        void whenJournalLost(Runnable listener);
    }

    /** Makes loaders. */
    interface Making {

        /**
         * Makes a loader, without a change of the context.
         *
         * @param standby why it has no journal; empty if it may take the journal
         * @throws RunHalted {@link Code#OWNED} if it watches the inbox and another process has the journal
         */
        Loader make(Optional<Supplier<RunHalted>> standby) throws Exception;

        /** Returns whether the context runs, so that a loader can be replaced. */
        boolean isRunning();
    }

    private final JournalPlace.Postgres journal;
    private final PostgresDatabase database;
    private final boolean watches;
    private Optional<JournalWatch> watch = Optional.empty();
    private boolean news;
    private final Making making;
    private final ReentrantLock turn = new ReentrantLock();
    private Optional<Loader> current = Optional.empty();
    private boolean standsBy;
    private boolean lost;
    private boolean ended;
    private volatile RunHalted reason;

    /** @param watches whether the inbox is watched, so that the loader wants the journal all the time */
    HostStandby(JournalPlace.Postgres journal, boolean watches, Making making) {
        this.journal = journal;
        this.database = new PostgresDatabase(journal);
        this.watches = watches;
        this.making = making;
        this.reason = standingBy("another process");
    }

    /** Makes the first loader. If another process has the journal, it stands by. */
    void begin() throws Exception {
        if (watches) {
            watch = Optional.of(LeaseKeeper.watch(journal, this::look));
        }
        boolean begun = false;
        try {
            beginFirst();
            begun = true;
        } finally {
            if (!begun) {
                watch.ifPresent(JournalWatch::close);
            }
        }
        Thread thread = new Thread(this::keep, "catalog-drop-standby");
        thread.setDaemon(true);
        thread.start();
    }

    private void beginFirst() throws Exception {
        Loader first;
        try {
            first = making.make(Optional.empty());
        } catch (RunHalted fault) {
            if (fault.problem().code() != Code.OWNED || isFree()) {
                throw fault;
            }
            first = making.make(Optional.of(this::reason));
            standsBy = true;
        }
        first.enter();
        take(first);
    }

    /** Lets the thread look at the owner of the journal at once. */
    private synchronized void look() {
        news = true;
        notifyAll();
    }

    private void take(Loader next) {
        current = Optional.of(next);
        next.whenJournalLost(() -> loseJournalOf(next));
    }

    /** Without the lock of a turn: who loses the journal holds other locks. */
    private synchronized void loseJournalOf(Loader loader) {
        if (current.filter(one -> one == loader).isPresent()) {
            lost = true;
            notifyAll();
        }
    }

    private void keep() {
        try {
            while (awaitTurn()) {
                if (!takeTurn()) {
                    pause();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a loss of the journal, or for the next look at its owner. Returns whether there is more to do. */
    @SuppressWarnings("WaitNotInLoop") // a wait that ends too early only looks too early
    private synchronized boolean awaitTurn() throws InterruptedException {
        if (!ended && !lost && standsBy && !news) {
            wait(journal.renewal().toMillis());
        }
        news = false;
        while (!ended && !lost && !standsBy) {
            wait();
        }
        return !ended;
    }

    @SuppressWarnings("WaitNotInLoop") // as above
    private synchronized void pause() throws InterruptedException {
        if (!ended) {
            wait(journal.renewal().toMillis());
        }
    }

    private synchronized boolean isLost() {
        return lost;
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    /** Returns whether it did what was to be done. */
    private boolean takeTurn() {
        turn.lock();
        try {
            if (isEnded() || !making.isRunning()) {
                return isEnded();
            }
            if (isLost()) {
                standBy();
            } else if (isTakeable()) {
                takeOver();
            }
            return true;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        } catch (RunHalted fault) {
            if (fault.problem().code() != Code.OWNED) {
                report(fault, true);
            }
            return false;
        } catch (Exception fault) {
            LOG.error("the loader cannot be made anew; it is tried again. This is a fault of the program.", fault);
            return false;
        } finally {
            turn.unlock();
        }
    }

    /** Makes a loader that does not have the journal. One that does not watch the inbox takes it with the next call. */
    private void standBy() throws Exception {
        LOG.error("the journal is lost or away; nothing more is sent, and the loader has it again when it is free");
        leave();
        Loader next = making.make(watches ? Optional.of(this::reason) : Optional.empty());
        enter(next);
        synchronized (this) {
            lost = false;
            standsBy = watches;
        }
    }

    private void takeOver() throws Exception {
        Loader next = making.make(Optional.empty());
        leave();
        enter(next);
        synchronized (this) {
            standsBy = false;
        }
    }

    private void leave() {
        current.ifPresent(Loader::leave);
        current = Optional.empty();
    }

    private void enter(Loader next) throws Exception {
        boolean entered = false;
        try {
            next.enter();
            entered = true;
        } finally {
            if (!entered) {
                next.leave();
                synchronized (this) {
                    lost = true;
                }
            }
        }
        take(next);
    }

    /** Returns whether this process takes the journal now. */
    private boolean isTakeable() throws InterruptedException {
        Optional<String> why = watch.orElseThrow().findReasonToWait();
        why.ifPresent(text -> report(waiting(text), false));
        return why.isEmpty();
    }

    /** Returns why the journal cannot be used now. It is a new exception, so that each caller has its own stack. */
    private RunHalted reason() {
        return new RunHalted(reason.problem());
    }

    /** Returns whether no other process has the journal. */
    private boolean isFree() {
        Optional<JournalOwner> owner = database.look().owner(journal.schema()).filter(one -> !database.isHere(one));
        owner.ifPresent(other -> report(standingBy(other.display()), false));
        return owner.isEmpty();
    }

    private RunHalted standingBy(String owner) {
        return waiting("the owner of the journal is " + owner);
    }

    private RunHalted waiting(String why) {
        return new RunHalted(
                Code.OWNED,
                "The journal in " + journal.display() + " cannot be used by this process now: " + why
                        + ". This process stands by, and takes over by itself when that one stops or is gone.");
    }

    private void report(RunHalted now, boolean isFault) {
        boolean isNew = !now.getMessage().equals(reason.getMessage());
        reason = now;
        if (isNew && isFault) {
            LOG.error(
                    "{} It is tried again each {} ms.",
                    now.getMessage(),
                    journal.renewal().toMillis());
        } else if (isNew) {
            LOG.info("standing by: {}", now.getMessage());
        }
    }

    /** Ends the loader. A second call does nothing. Returns whether this is the first one. */
    boolean end() {
        synchronized (this) {
            if (ended) {
                return false;
            }
            ended = true;
            notifyAll();
        }
        watch.ifPresent(JournalWatch::close);
        boolean mine = false;
        try {
            mine = turn.tryLock(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            leave();
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            leave();
        } finally {
            if (mine) {
                turn.unlock();
            }
        }
        return true;
    }
}
