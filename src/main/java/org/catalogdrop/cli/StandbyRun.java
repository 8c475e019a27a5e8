package org.catalogdrop.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.model.Code;
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
    private String reported = "";
    private boolean hasRun;

    StandbyRun(JournalPlace.Postgres journal) {
        this.journal = journal;
    }

    /** Runs the program as often as it loses its journal. It ends only with the process, or by a fault that is not one of the journal. */
    int run(Callable<Integer> program) throws Exception {
        while (true) {
            try {
                standBy();
                program.call();
                hasRun = true;
            } catch (RunHalted fault) {
                if (!isTriedAgain(fault)) {
                    throw fault;
                }
                if (!fault.getMessage().equals(reported)) {
                    reported = fault.getMessage();
                    LOG.error(
                            "{} It is tried again each {} ms.",
                            reported,
                            journal.renewal().toMillis());
                }
            }
            Thread.sleep(journal.renewal().toMillis());
        }
    }

    /** Returns whether to go on after a fault of the journal. At the first start it may be a mistake in the settings. */
    private boolean isTriedAgain(RunHalted fault) {
        return hasRun
                && (fault.problem().code() == Code.JOURNAL || fault.problem().code() == Code.OWNED);
    }

    private void standBy() throws InterruptedException {
        Optional<Ownership.Owner> owner = Journal.foreignOwner(journal);
        while (owner.isPresent()) {
            if (!owner.get().name().equals(reported)) {
                reported = owner.get().name();
                LOG.info("standing by: the owner of the journal is {}", reported);
            }
            Thread.sleep(journal.renewal().toMillis());
            owner = Journal.foreignOwner(journal);
        }
    }
}
