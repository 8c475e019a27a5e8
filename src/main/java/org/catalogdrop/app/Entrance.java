package org.catalogdrop.app;

import java.util.function.Supplier;
import org.catalogdrop.journal.Entry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the place a drop has in the journal: a new one, the one it had before it stopped, or none since it is a repeat. */
final class Entrance {

    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final Settings settings;
    private final Supplier<Journal> journal;
    private volatile Repeat repeat;

    Entrance(Settings settings, Supplier<Journal> journal) {
        this.settings = settings;
        this.journal = journal;
        this.repeat = settings.drops().repeatAllowed() ? Repeat.AGAIN : Repeat.REFUSE;
    }

    /** How bytes that were loaded before are treated from here on. */
    void onRepeat(Repeat choice) {
        repeat = choice;
    }

    /** Whether a drop is refused for its bytes alone, since they were loaded before. */
    boolean refuses(String digest) {
        return repeat == Repeat.REFUSE && journal.get().isDone(digest);
    }

    /** @throws DropRefused {@link Code#ALREADY_LOADED} if it is a repeat and those are refused */
    Entry place(Drop drop, String meaning) {
        Entry entry = journal.get().enter(drop, meaning);
        return switch (entry.state()) {
            case OPEN -> {
                if (entry.requests() == 0) {
                    LeftOpen.before(drop, journal.get().underWay())
                            .forEach(one -> LOG.warn("{}: {}", drop.name(), one.warning()));
                }
                yield entry;
            }
            case PUBLISHED -> entry;
            // Without its results it is as open as before: what keys stand for may have changed since.
            case PUBLISHING ->
                new Publishing(settings, journal.get()).found(entry, drop).orElseGet(() -> reopened(entry, meaning));
            case REFUSED -> reopened(entry, meaning);
            case DONE -> repeated(drop, entry, meaning);
        };
    }

    private Entry reopened(Entry entry, String meaning) {
        return journal.get().reopen(entry.id(), meaning);
    }

    private Entry repeated(Drop drop, Entry entry, String meaning) {
        return switch (repeat) {
            case AGAIN -> journal.get().again(drop, meaning);
            case RESULTS -> reopened(entry, meaning);
            case SETTLE -> {
                journal.get().reopenDoubts(entry.id());
                yield journal.get().entry(entry.id());
            }
            case REFUSE ->
                throw new DropRefused(
                        Code.ALREADY_LOADED,
                        "the same bytes were loaded before; their results are in "
                                + settings.folders().outbox().resolve(entry.folder())
                                + ". If they are to be loaded once more, use 'load --again' or set drop.repeat=allow.");
        };
    }
}
