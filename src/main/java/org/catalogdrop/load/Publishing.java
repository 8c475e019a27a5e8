package org.catalogdrop.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.catalogdrop.config.Settings;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.DropProgress;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.handover.HandedEnd;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Target;
import org.catalogdrop.model.UndoCount;
import org.catalogdrop.results.OutboxReports;
import org.catalogdrop.results.RequestCounts;
import org.catalogdrop.results.Results;
import org.catalogdrop.results.Summaries;

/**
 * Publishes results. Their name is in the journal before the rename, so that a crash between the two neither makes a second folder nor
 * loses the results. The rename is recorded too, because results may be collected at once. A drop of the inbox is done only when it has
 * left the inbox as well ({@link org.catalogdrop.inbox.Inbox}): until then it is no repeat.
 */
public final class Publishing {

    private final Settings.Folders folders;
    private final String host;
    private final Journal journal;
    private final OutboxReports reports;
    private final ResultsDelivery delivery;

    /** Deletes unfinished results that an earlier owner of this journal has left, except those that {@link #found} needs. */
    void sweep() {
        Set<String> announced = journal.underWay().stream()
                .filter(line -> line.state() == DropEntry.State.PUBLISHING)
                .map(DropLine::digest)
                .collect(Collectors.toSet());
        Results.sweep(folders.outbox(), ResultsOwner.all(folders, journal), announced);
    }

    /** @param host the host of the account */
    Publishing(Settings.Folders folders, String host, Journal journal, OutboxReports reports) {
        this(folders, host, journal, reports, ResultsDelivery.NONE);
    }

    /** @param delivery takes the results to the machine whose file was loaded */
    Publishing(
            Settings.Folders folders, String host, Journal journal, OutboxReports reports, ResultsDelivery delivery) {
        this.delivery = delivery;
        this.reports = reports;
        this.folders = folders;
        this.host = host;
        this.journal = journal;
    }

    /** Returns the drop as published, if its results were published before a crash and the journal does not know it. */
    Optional<DropEntry> found(DropEntry entry, Drop drop) {
        Path results = folders.outbox().resolve(entry.folder());
        // As long as our results are unfinished, a folder of that name belongs to somebody else.
        if (Results.claim(folders.outbox(), drop, ResultsOwner.of(folders, journal), ResultsOwner.all(folders, journal))
                || !Files.exists(results.resolve("summary.json"))) {
            return Optional.empty();
        }
        Summary summary = Summaries.read(results);
        // An outbox may be shared: the folder of another process has the counts of its own load.
        if (!summary.digest().equals(drop.digest()) || !journal.isSummaryOf(entry.id(), summary)) {
            return Optional.empty();
        }
        journal.published(entry.id(), summary, delivery.deliver(drop.path(), results, refusal(entry.abandoned())));
        return Optional.of(journal.entry(entry.id()));
    }

    Summary publish(RunningLoad load) {
        OpenedDrop drop = load.opened();
        Summary summary =
                load.results().publish(folder -> journal.publishing(drop.entry().id(), folder), drop.cost());
        journal.published(drop.entry().id(), summary, deliver(drop, summary, refusal(isAbandoned(drop))));
        reports.listLoad(summary);
        return finish(drop, summary);
    }

    private static Optional<Problem> refusal(boolean abandoned) {
        return abandoned ? Optional.of(abandoned()) : Optional.empty();
    }

    private Optional<HandedEnd> deliver(OpenedDrop drop, Summary summary, Optional<Problem> refusal) {
        return delivery.deliver(drop.drop().path(), folders.outbox().resolve(summary.folder()), refusal);
    }

    private static boolean isAbandoned(OpenedDrop load) {
        return load.isFromInbox() && load.entry().abandoned();
    }

    /** Finishes a drop whose results an earlier run has published. */
    Summary finish(OpenedDrop load) {
        return finish(load, before(load));
    }

    private Summary finish(OpenedDrop load, Summary summary) {
        if (isAbandoned(load)) {
            // Someone abandoned it, and the program died before that was complete.
            return summary.refused(abandoned());
        }
        if (!load.isFromInbox()) {
            Path file = load.drop().path();
            if (!file.startsWith(folders.spool())) {
                journal.locate(load.entry().id(), file);
            }
            journal.finish(load.entry().id());
        }
        return summary;
    }

    Summary place(long drop, Results results, RequestCounts requests) {
        Summary summary = results.publish(folder -> journal.publishing(drop, folder), requests);
        journal.published(drop, summary);
        reports.listLoad(summary);
        return summary;
    }

    /** Returns the summary of results that are in place. */
    Summary summary(DropEntry entry) {
        return Summaries.read(folders.outbox().resolve(entry.folder()));
    }

    /** Returns the summary of results that an earlier run made. If they have been collected since, what the journal has kept of it. */
    private Summary before(OpenedDrop load) {
        Path results = folders.outbox().resolve(load.entry().folder());
        if (Files.isDirectory(results)) {
            return Summaries.read(results, load.drop().shape());
        }
        DropLine line = journal.line(load.entry().id());
        return new Summary(
                line.name(),
                line.digest(),
                load.drop().format().word(),
                Optional.of(load.drop().shape()),
                load.meaning().displayName(),
                line.rows(),
                Map.of(),
                line.counts(),
                load.cost().requests(),
                load.cost().retries(),
                load.started(),
                Instant.now(),
                line.folder(),
                Missing.NONE,
                Optional.empty(),
                UndoCount.NONE,
                load.target(),
                load.cost().reads(),
                Map.of(),
                List.of());
    }

    /** Refuses an unusable drop. If rows of it were sent before that was noticed, their results are published anyway. */
    Summary refuse(Optional<LoadPhase> load, String name, Problem problem, Instant started) {
        if (load.isEmpty()) {
            Target account = new Target(host, OptionalLong.empty());
            return Summary.empty(name, started).of(account).refused(problem);
        }
        OpenedDrop refused = load.get().opened();
        Optional<HandedEnd> end = Optional.empty();
        Summary summary;
        if (load.get() instanceof RunningLoad running) {
            summary = partial(running, problem);
            end = deliver(refused, summary, Optional.of(problem));
        } else {
            summary = Summary.empty(refused.drop(), refused.meaning().displayName(), started)
                    .of(refused.target());
        }
        journal.refuse(refused.entry().id(), problem, end);
        return summary.refused(problem);
    }

    /** Returns the outcome of a row that was read and has none: it was not sent, unless an earlier run may have sent it. */
    private static Outcome rest(Row row, RowState state, Problem problem) {
        if (state instanceof RowState.Doubtful) {
            return new Outcome(row, "", "", Status.IN_DOUBT, 0, Optional.of(problem));
        }
        return Outcome.of(new Reject(row, "", "", problem));
    }

    private Summary partial(RunningLoad load, Problem problem) {
        load.awaitCatchUp();
        DropProgress progress = journal.progress(load.entry().id());
        load.order().settleRest(row -> rest(row, progress.of(row.number()), problem));
        Summary summary = load.results().publish(folder -> {}, load.opened().cost());
        reports.listLoad(summary);
        return summary;
    }

    /** Returns why the file of an abandoned drop is among the refused drops. */
    public static Problem abandoned() {
        return Problem.of(
                Code.ABANDONED,
                "Someone abandoned the load of this drop. If rows of it were sent, its results in the outbox have an outcome"
                        + " for every row. To load the rows that were not sent, load the rejects of these results.");
    }
}
