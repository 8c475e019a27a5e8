package org.catalogdrop.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.catalogdrop.config.Settings;
import org.catalogdrop.decision.DecisionsById;
import org.catalogdrop.decision.DecisionsByKey;
import org.catalogdrop.decision.DecisionsForMissing;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.decision.Preflight;
import org.catalogdrop.decision.UndoRowFactory;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.DropProgress;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.SentRows;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.store.KeyList;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RowDecision;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Target;
import org.catalogdrop.report.Course;
import org.catalogdrop.resolve.FormatCodec;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.OutboxReports;
import org.catalogdrop.results.RequestCounts;
import org.catalogdrop.results.Results;

/**
 * Makes the results of a drop that was abandoned, whose rows have an outcome in the journal. They are made from the file, so that the
 * rows that were not sent can be dropped again, or from the journal alone if the file is gone. Nothing is sent.
 */
public final class AbandonedDrop {

    private final Settings.Drops settings;
    private final Settings.Folders folders;
    private final String host;
    private final Journal journal;
    private final DropLine line;
    private final DropEntry entry;
    private final RecordedSettings recorded;
    private final ResolvedMapping meaning;
    private final OutboxReports reports;
    private final Instant started = Instant.now();

    /** @param host of the account */
    public AbandonedDrop(
            Settings.Drops settings, Settings.Folders folders, String host, Journal journal, DropLine line) {
        this.settings = settings;
        this.folders = folders;
        this.host = host;
        this.reports = OutboxReports.of(settings.reports(), folders.outbox());
        this.journal = journal;
        this.line = line;
        this.entry = journal.entry(line.id());
        this.recorded = RecordedSettings.of(line.settings());
        this.meaning = MappingResolver.begun(journal, recorded);
    }

    /**
     * Publishes the results and records that in the journal.
     *
     * @param file the drop, if it still exists
     */
    public Summary publish(Optional<Path> file) {
        Optional<Summary> summary = file.flatMap(this::publishFile);
        return summary.orElseGet(this::publishJournal);
    }

    /** Returns the summary; empty if the file can no longer be read as it was when rows of it were sent. */
    private Optional<Summary> publishFile(Path file) {
        try {
            Optional<Drop> drop = identify(file);
            return drop.isEmpty() ? Optional.empty() : Optional.of(publish(drop.get(), this::writeFile));
        } catch (DropRefused unreadable) {
            return Optional.empty();
        }
    }

    private Optional<Drop> identify(Path file) {
        FormatHints now = FormatCodec.expected(settings.expected(), meaning.csv(), meaning.table());
        return Optional.of(identify(file, now)).filter(this::isReadAsBefore).or(() -> recorded.expected()
                .map(before -> identify(file, before))
                .filter(this::isReadAsBefore));
    }

    private Drop identify(Path file, FormatHints expected) {
        Drop drop = new DropInspector(settings.limits(), meaning.columns(), expected).identify(file, line.name());
        return FormatCodec.numbered(drop, recorded.readAs());
    }

    private boolean isReadAsBefore(Drop drop) {
        String now = FormatCodec.encode(drop.shape());
        return drop.digest().equals(line.digest())
                && recorded.readAs().orElse(now).equals(now);
    }

    private Summary publishJournal() {
        String ending = line.name().substring(line.name().lastIndexOf('.') + 1);
        DropFormat format = ending.equals("json")
                ? DropFormat.JSON_ARRAY
                : ending.endsWith("l") || ending.equals("ndjson") ? DropFormat.JSON_LINES : DropFormat.CSV_COMMA;
        Drop gone =
                new Drop(folders.inbox().resolve(line.name()), line.name(), line.digest(), 0, 0, Instant.EPOCH, format);
        return publish(gone, (drop, results) -> writeJournal(results));
    }

    private interface Rows {
        void write(Drop drop, Results results) throws IOException;
    }

    private Summary publish(Drop drop, Rows rows) {
        Publishing publishing = new Publishing(folders, host, journal, reports);
        if (entry.state() == DropEntry.State.PUBLISHING
                && publishing.found(entry, drop).isPresent()) {
            return publishing.summary(entry);
        }
        UndoRowFactory undo = new UndoRowFactory(settings.undo(), row -> journal.before(line.id(), row));
        try (Results results = Results.begin(
                folders.outbox(),
                drop,
                meaning.displayName(),
                settings.results(),
                undo::of,
                ResultsOwner.of(folders, journal))) {
            if (reports.isWanted()) {
                results.report(new Course());
            }
            results.undoSetting(settings.undo().word());
            results.target(new Target(recorded.account().orElse(""), meaning.list()));
            rows.write(drop, results);
            return publishing.place(
                    entry.id(), results, new RequestCounts(entry.requests(), entry.retries(), 0, started));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Writes the outcome of every row of the file, and of the rows for missing elements. */
    private void writeFile(Drop drop, Results results) throws IOException {
        Optional<DropKeys> keys = meaning.keyPlace().map(this::keys);
        if (keys.isPresent()) {
            try (DropReader first = DropReader.open(drop, settings.limits())) {
                Preflight.ofKeys(meaning, keys.get().twice(), OptionalLong.empty())
                        .rows(first.rows());
            }
        }
        DropProgress progress = journal.progress(line.id());
        try (DropReader reading = DropReader.open(drop, settings.limits())) {
            Iterator<Row> rows = reading.rows();
            Mapping mapping = meaning.mapping();
            Iterator<RowDecision> turns = keys.<Iterator<RowDecision>>map(
                            known -> new DecisionsByKey(rows, mapping, progress, known))
                    .orElseGet(() -> new DecisionsById(rows, mapping, progress));
            write(turns, results);
            results.unknownColumns(mapping.unknownColumns());
            reading.verify();
        }
        if (keys.isPresent()) {
            results.missing(keys.get().missingBefore(line.id()).orElse(Missing.NONE));
            long inFile = results.counts().rows();
            write(new DecisionsForMissing(keys.get().deletes(line.id(), inFile), progress), results);
        }
    }

    /** Returns its keys. None of them needs to be known, because no row is open. */
    private DropKeys keys(KeyLocation place) {
        return new DropKeys(place, new KeyList(0, 0), journal.keys(), wanted -> {}, outcome -> {});
    }

    private static void write(Iterator<RowDecision> turns, Results results) {
        while (turns.hasNext()) {
            RowDecision turn = turns.next();
            if (!(turn instanceof Outcome outcome)) {
                throw new IllegalStateException("row " + turn.row().number() + " of an abandoned drop has no outcome");
            }
            results.write(outcome);
        }
    }

    /** Writes what the journal knows of each row. Lines and cells are lost with the file. */
    private void writeJournal(Results results) {
        DropProgress progress = journal.progress(line.id());
        SentRows sent = journal.sentRows(line.id());
        long rows = Math.max(line.rows(), sent.last());
        for (long number = 1; number <= rows; number++) {
            RowState.Settled settled = (RowState.Settled) progress.of(number);
            results.write(new Outcome(
                    Row.beyond(number),
                    Long.toString(sent.requestId(number)),
                    progress.action().map(Action::word).orElse(""),
                    settled.status(),
                    settled.id(),
                    settled.problem()));
        }
    }
}
