package org.catalogdrop.cli;

import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.catalogdrop.camel.Management;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.Ownership;
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
    private final Optional<InetSocketAddress> address;
    private Optional<Management> management = Optional.empty();
    private boolean hasBegun;
    private String reported = "";

    /** Why the journal cannot be used now; empty if it can. */
    private volatile Map<String, String> away = Map.of();

    /** @param address where health is served while it stands by */
    StandbyRun(JournalPlace.Postgres journal, Optional<InetSocketAddress> address) {
        this.journal = journal;
        this.address = address;
    }

    /** Runs the program as often as it loses its journal. It ends only with the process, or by a fault that is not one of the journal. */
    int run(Callable<Integer> program) throws Exception {
        while (true) {
            try {
                if (isFree()) {
                    hidePort();
                    program.call();
                    hasBegun = true;
                }
            } catch (RunHalted fault) {
                if (!isTriedAgain(fault)) {
                    throw fault;
                }
                away = Map.of("journal", fault.getMessage());
                report(fault.getMessage());
            }
            showPort();
            Thread.sleep(journal.renewal().toMillis());
        }
    }

    /** Returns whether no other process owns the journal. */
    private boolean isFree() {
        Optional<Ownership.Owner> owner = Journal.foreignOwner(journal);
        away = Map.of();
        if (owner.isPresent()) {
            hasBegun = true;
            report("standing by: the owner of the journal is " + owner.get().name());
        }
        return owner.isEmpty();
    }

    /** Returns whether to go on after a fault of the journal. At the first start it may be a mistake in the settings. */
    private boolean isTriedAgain(RunHalted fault) {
        return switch (fault.problem().code()) {
            case JOURNAL, DISK -> hasBegun;
            case OWNED -> hasBegun || Journal.foreignOwner(journal).isPresent();
            default -> false;
        };
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

    private void showPort() {
        if (management.isEmpty()) {
            management = address.flatMap(at -> Management.open(at, Optional.empty()));
            management.ifPresent(port -> port.showMissing(() -> away));
        }
    }

    private void hidePort() {
        management.ifPresent(Management::close);
        management = Optional.empty();
    }
}
