package org.catalogdrop.app;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.catalogdrop.journal.Entry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.Progress;
import org.catalogdrop.journal.RowState;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.Requests;
import org.catalogdrop.results.Results;
import org.catalogdrop.results.Summaries;

/**
 * Results get their place: the name is in the journal before the rename, so that a crash between the two neither makes a second
 * folder nor none. A drop of the inbox is only done when it has left it as well ({@link Inbox}): until then it is no repeat.
 */
final class Publishing {

    private final Settings settings;
    private final Journal journal;

    Publishing(Settings settings, Journal journal) {
        this.settings = settings;
        this.journal = journal;
    }

    /** Whether the results of a drop were given their place before a crash kept the journal from hearing of it. */
    static boolean isInPlace(Settings settings, Entry entry) {
        return !entry.folder().isEmpty()
                && Files.isDirectory(settings.folders().outbox().resolve(entry.folder()));
    }

    Summary publish(Load load) {
        Path outbox = settings.folders().outbox();
        Summary summary;
        if (load.results().isEmpty()) {
            summary = Summaries.read(outbox.resolve(load.entry().folder()));
        } else {
            Results results = load.results().get();
            String folder = Results.freeName(outbox, load.drop());
            journal.publishing(load.entry().id(), folder);
            summary = results.publish(folder, new Requests(load.requests(), load.retries(), load.started()));
        }
        if (!load.isFromInbox()) {
            journal.finish(load.entry().id(), summary);
        }
        return summary;
    }

    /** The drop is unusable; if rows of it were read and sent before that was seen, their results are published all the same. */
    Summary refuse(Optional<Load> load, String name, Problem problem, Instant started) {
        if (load.isEmpty()) {
            return Summary.empty(name, "", "", "", started).refused(problem);
        }
        Load refused = load.get();
        Drop drop = refused.drop();
        Summary summary = refused.hasRows()
                ? partial(refused, problem)
                : Summary.empty(
                        drop.name(),
                        drop.digest(),
                        drop.format().word(),
                        refused.meaning().told(),
                        started);
        journal.refuse(refused.entry().id(), problem);
        return summary.refused(problem);
    }

    /** A row that was read but has no outcome was not sent, unless an earlier run may have sent it. */
    private static Outcome rest(Row row, RowState state, Problem problem) {
        if (state instanceof RowState.Doubtful) {
            return new Outcome(row, "", "", Status.IN_DOUBT, 0, Optional.of(problem));
        }
        return Outcome.of(new Reject(row, "", "", problem));
    }

    private Summary partial(Load load, Problem problem) {
        load.awaitCatchUp();
        Progress progress = journal.progress(load.entry().id());
        load.order().settleRest(row -> rest(row, progress.of(row.number()), problem));
        String folder = Results.freeName(settings.folders().outbox(), load.drop());
        return load.results()
                .orElseThrow()
                .publish(folder, new Requests(load.requests(), load.retries(), load.started()));
    }
}
