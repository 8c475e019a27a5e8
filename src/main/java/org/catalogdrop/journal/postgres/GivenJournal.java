package org.catalogdrop.journal.postgres;

import java.time.Duration;
import java.util.Collection;
import java.util.Optional;

/**
 * The journal that this process releases so that another one takes it: one at a time. If nobody takes it, none is released for a while.
 * Safe for many threads.
 */
final class GivenJournal {

    /**
     * The journal.
     *
     * @param journal its schema
     * @param at when it was chosen
     * @param released whether this process does not own it any more
     */
    private record Given(String journal, long at, boolean released) {}

    private final Duration pause;
    private Optional<Given> given = Optional.empty();
    private Optional<Long> refusedAt = Optional.empty();

    /** @param pause how long nothing is released after nobody took a journal */
    GivenJournal(Duration pause) {
        this.pause = pause;
    }

    /** Returns whether a journal may be released now. */
    synchronized boolean isPossible() {
        return given.isEmpty() && refusedAt.filter(this::isRecent).isEmpty();
    }

    private boolean isRecent(long at) {
        return System.nanoTime() - at < pause.toNanos();
    }

    /** Returns whether this journal is the one to be released. */
    synchronized boolean give(String journal) {
        if (!isPossible()) {
            return false;
        }
        given = Optional.of(new Given(journal, System.nanoTime(), false));
        return true;
    }

    /**
     * Looks whether another process has taken the journal.
     *
     * @param me this process among the members
     * @param mine the journals that this process owns
     */
    synchronized void see(JournalOwners owners, String me, Collection<String> mine) {
        given.filter(one -> isRecent(one.at()))
                .ifPresentOrElse(one -> see(one, owners, me, mine), () -> given = Optional.empty());
    }

    private void see(Given one, JournalOwners owners, String me, Collection<String> mine) {
        boolean owned = mine.contains(one.journal());
        boolean taken = owners.owner(one.journal())
                .filter(owner -> !owner.member().equals(me))
                .isPresent();
        if (owned && one.released()) {
            refusedAt = Optional.of(System.nanoTime());
            given = Optional.empty();
        } else if (taken) {
            given = Optional.empty();
        } else {
            given = Optional.of(new Given(one.journal(), one.at(), !owned));
        }
    }
}
