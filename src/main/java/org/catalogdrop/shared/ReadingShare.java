package org.catalogdrop.shared;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.Ownership;
import org.catalogdrop.journal.store.JournalPlace;
import org.catalogdrop.journal.text.ReaderLock;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * What a command may send that only reads the API. While a process on another machine owns the journal, the rate limit is that one's, less
 * {@code kommo.reserve}: the command sends no more than that, and one such command at a time does, over all machines. The processes of the
 * owner's machine share the rate by a file instead. Used by one thread.
 */
public final class ReadingShare implements AutoCloseable {

    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    private final Settings.Api api;
    private final Optional<ReaderLock> turn;

    private ReadingShare(Settings.Api api, Optional<ReaderLock> turn) {
        this.api = api;
        this.turn = turn;
    }

    /**
     * Returns the share, and waits for it if another command has it.
     *
     * @param report is told why it waits
     * @throws RunHalted {@link Code#OWNED} if nothing is reserved for others
     */
    public static ReadingShare take(Settings.Api api, JournalPlace journal, Consumer<String> report)
            throws InterruptedException {
        if (!(journal instanceof JournalPlace.Postgres place) || api.requestsPerSecond() == 0) {
            return new ReadingShare(api, Optional.empty());
        }
        Optional<Ownership.Owner> owner = Journal.foreignOwner(place).filter(one -> !one.isHere());
        if (owner.isEmpty()) {
            return new ReadingShare(api, Optional.empty());
        }
        if (api.reservedPerSecond() == 0) {
            throw new RunHalted(
                    Code.OWNED,
                    "The owner of the journal is " + owner.get().name()
                            + ", and it uses the whole rate limit. Nothing was sent. Run this on that machine. Or reserve a share for"
                            + " other machines: set kommo.reserve (such as 20%) on all of them, and start the owner again.");
        }
        return new ReadingShare(api.withReservedRate(), Optional.of(awaitTurn(place, report)));
    }

    private static ReaderLock awaitTurn(JournalPlace.Postgres place, Consumer<String> report)
            throws InterruptedException {
        ReaderLock lock = new ReaderLock(place);
        boolean taken = false;
        try {
            taken = lock.isTaken();
            if (!taken) {
                report.accept(
                        "waiting for " + lock.holder()
                                + ", which reads the account too: what is reserved for other machines is for one process at a time");
            }
            while (!taken) {
                Thread.sleep(LOOK_AGAIN.toMillis());
                taken = lock.isTaken();
            }
            return lock;
        } finally {
            if (!taken) {
                lock.close();
            }
        }
    }

    /** Returns the settings with the rate that the command may use. */
    public Settings.Api api() {
        return api;
    }

    @Override
    public void close() {
        turn.ifPresent(ReaderLock::close);
    }
}
