package org.catalogdrop.send;

import java.time.Duration;
import java.util.function.Supplier;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.load.RunningLoad;

/**
 * Keeps in the journal how far clocks are apart while a drop is loaded. A wrong clock may be corrected before the drop resumes, and then
 * no answer shows any more how far the times of its intents are from those of their elements. Safe for many threads.
 */
final class ClockNotes {

    private final Supplier<Journal> journal;
    private final ClockSkew clocks;
    private long drop;
    private Duration noted = Duration.ZERO;

    ClockNotes(Supplier<Journal> journal, ClockSkew clocks) {
        this.journal = journal;
        this.clocks = clocks;
    }

    /** Records what answers have shown, if it is more than before. */
    synchronized void take(RunningLoad load) {
        long id = load.entry().id();
        noted = id == drop ? noted : recall(load);
        drop = id;
        Duration apart = clocks.apart();
        if (apart.compareTo(noted) > 0) {
            journal.get().clocksApart(id, apart);
            noted = apart;
        }
    }

    /** Allows for what was recorded. */
    Duration recall(RunningLoad load) {
        Duration before = journal.get().clocksApart(load.entry().id());
        clocks.were(before);
        return before;
    }
}
