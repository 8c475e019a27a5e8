package org.catalogdrop.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.journal.postgres.JournalWatch;
import org.catalogdrop.journal.postgres.LeaseKeeper;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.RunHalted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run whose journal another process can own. It stands by until it can have the journal, and again after it has lost it. Each time
 * everything is made anew, so that nothing is left of what was known before another process was the owner. Used by one thread.
 */
final class StandbyRun {

    private static final Logger LOG = LoggerFactory.getLogger(StandbyRun.class);

    private final JournalPlace.Postgres journal;
    private final Semaphore news = new Semaphore(0);
    private boolean hasBegun;
    private String reported = "";

    /** Why the journal cannot be used now; empty if it can, or if only another process has it. */
    private volatile Optional<String> away = Optional.empty();

    StandbyRun(JournalPlace.Postgres journal) {
        this.journal = journal;
    }

    /** Returns why the journal cannot be used now; empty if it can, or if only another process has it. */
    Optional<String> fault() {
        return away;
    }

    /** Runs the program as often as it loses its journal. It ends only with the process, or by a fault that is not one of the journal. */
    int run(Callable<Integer> program) throws Exception {
        try (JournalWatch watch = LeaseKeeper.watch(journal, news::release)) {
            Thread onSignal = new Thread(watch::close, "catalog-drop-leave");
            Runtime.getRuntime().addShutdownHook(onSignal);
            while (true) {
                news.drainPermits();
                try {
                    if (isFree(watch)) {
                        program.call();
                        hasBegun = true;
                        watch.refresh();
                    }
                } catch (RunHalted fault) {
                    if (!isTriedAgain(fault, watch)) {
                        removeHook(onSignal);
                        throw fault;
                    }
                }
                news.tryAcquire(journal.renewal().toMillis(), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void removeHook(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException signalled) {
            // The process is being stopped, and the hook does the same.
        }
    }

    /** Returns whether to take the journal now. */
    private boolean isFree(JournalWatch watch) throws InterruptedException {
        Optional<String> reason = watch.findReasonToWait();
        away = Optional.empty();
        if (reason.isPresent()) {
            hasBegun = true;
            report("standing by: " + reason.get());
        }
        return reason.isEmpty();
    }

    /** Returns whether to go on after a fault of the journal. At the first start it may be a mistake in the settings. */
    private boolean isTriedAgain(RunHalted fault, JournalWatch watch) throws InterruptedException {
        boolean again =
                switch (fault.problem().code()) {
                    case JOURNAL, DISK -> hasBegun;
                    case OWNED -> hasBegun || isOwnedByAnother(watch);
                    default -> false;
                };
        if (again) {
            away = Optional.of(fault.getMessage());
            report(fault.getMessage());
        }
        return again;
    }

    private static boolean isOwnedByAnother(JournalWatch watch) throws InterruptedException {
        watch.refresh();
        try {
            return watch.findReasonToWait().isPresent();
        } catch (RunHalted away) {
            return false;
        }
    }

    private void report(String message) {
        if (message.equals(reported)) {
            return;
        }
        reported = message;
        if (away.isEmpty()) {
            LOG.info(message);
        } else {
            LOG.error(
                    "{} It is tried again each {} ms.",
                    message,
                    journal.renewal().toMillis());
        }
    }
}
