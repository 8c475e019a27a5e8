package org.catalogdrop.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.catalogdrop.config.Settings;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.decision.KeyedTurns;
import org.catalogdrop.decision.MissingTurns;
import org.catalogdrop.decision.PlainTurns;
import org.catalogdrop.decision.Turn;
import org.catalogdrop.decision.UndoRows;
import org.catalogdrop.decision.WholeCheck;
import org.catalogdrop.input.Drops;
import org.catalogdrop.input.Reading;
import org.catalogdrop.input.row.Expected;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Entry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.KeyList;
import org.catalogdrop.journal.Progress;
import org.catalogdrop.journal.RowState;
import org.catalogdrop.journal.SentRows;
import org.catalogdrop.mapping.KeyPlace;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Format;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Target;
import org.catalogdrop.resolve.Meaning;
import org.catalogdrop.resolve.Meanings;
import org.catalogdrop.resolve.Recorded;
import org.catalogdrop.resolve.Written;
import org.catalogdrop.results.Requests;
import org.catalogdrop.results.Results;

/**
 * Makes the results of a drop that was abandoned, whose rows the journal has ended. They are made from the file, so that the rows that were
 * not sent can be dropped again, or from the journal alone if the file is gone. Nothing is sent.
 */
public final class AbandonedDrop {

    private final Settings settings;
    private final Journal journal;
    private final DropLine line;
    private final Entry entry;
    private final Recorded recorded;
    private final Meaning meaning;
    private final Instant started = Instant.now();

    public AbandonedDrop(Settings settings, Journal journal, DropLine line) {
        this.settings = settings;
        this.journal = journal;
        this.line = line;
        this.entry = journal.entry(line.id());
        this.recorded = Recorded.of(line.settings());
        this.meaning = Meanings.begun(journal, recorded);
    }

    /**
     * Puts the results in place and tells the journal.
     *
     * @param file the drop, if it is still there
     */
    public Summary publish(Optional<Path> file) {
        Optional<Summary> summary = file.flatMap(this::publishFile);
        return summary.orElseGet(this::publishJournal);
    }

    /** Empty if the file cannot be read as it was when rows of it were sent. */
    private Optional<Summary> publishFile(Path file) {
        try {
            Optional<Drop> drop = identify(file);
            return drop.isEmpty() ? Optional.empty() : Optional.of(publish(drop.get(), this::writeFile));
        } catch (DropRefused unreadable) {
            return Optional.empty();
        }
    }

    private Optional<Drop> identify(Path file) {
        Expected now = Written.expected(settings, meaning.csv(), meaning.table());
        return Optional.of(identify(file, now)).filter(this::isReadAsBefore).or(() -> recorded.expected()
                .map(before -> identify(file, before))
                .filter(this::isReadAsBefore));
    }

    private Drop identify(Path file, Expected expected) {
        Drop drop = new Drops(settings.drops().limits(), meaning.columns(), expected).identify(file, line.name());
        return Written.numbered(drop, recorded.readAs());
    }

    private boolean isReadAsBefore(Drop drop) {
        String now = Written.told(drop.shape());
        return drop.digest().equals(line.digest())
                && recorded.readAs().orElse(now).equals(now);
    }

    private Summary publishJournal() {
        String ending = line.name().substring(line.name().lastIndexOf('.') + 1);
        Format format = ending.equals("json")
                ? Format.JSON_ARRAY
                : ending.endsWith("l") || ending.equals("ndjson") ? Format.JSON_LINES : Format.CSV_COMMA;
        Drop gone = new Drop(
                settings.folders().inbox().resolve(line.name()),
                line.name(),
                line.digest(),
                0,
                0,
                Instant.EPOCH,
                format);
        return publish(gone, (drop, results) -> writeJournal(results));
    }

    private interface Rows {
        void write(Drop drop, Results results) throws IOException;
    }

    private Summary publish(Drop drop, Rows rows) {
        Publishing publishing = new Publishing(settings, journal);
        if (entry.state() == Entry.State.PUBLISHING
                && publishing.found(entry, drop).isPresent()) {
            return publishing.summary(entry);
        }
        UndoRows undo = new UndoRows(settings.drops().undo(), row -> journal.before(line.id(), row));
        try (Results results = Results.begin(
                settings.folders().outbox(),
                drop,
                meaning.told(),
                settings.drops().results(),
                undo::of,
                ResultsOwner.of(settings.folders().state()))) {
            results.undoSetting(settings.drops().undo().word());
            results.target(new Target(recorded.account().orElse(""), meaning.list()));
            rows.write(drop, results);
            return publishing.place(entry.id(), results, new Requests(entry.requests(), entry.retries(), 0, started));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** The outcome of every row of the file, and of those that stand for what a complete list lacks. */
    private void writeFile(Drop drop, Results results) throws IOException {
        Optional<DropKeys> keys = meaning.keyPlace().map(this::keys);
        if (keys.isPresent()) {
            try (Reading first = Reading.open(drop, settings.drops().limits())) {
                new WholeCheck(meaning, keys.map(DropKeys::twice), Optional.empty(), OptionalLong.empty())
                        .rows(first.rows());
            }
        }
        Progress progress = journal.progress(line.id());
        try (Reading reading = Reading.open(drop, settings.drops().limits())) {
            Iterator<Row> rows = reading.rows();
            Mapping mapping = meaning.mapping();
            Iterator<Turn> turns = keys.<Iterator<Turn>>map(known -> new KeyedTurns(rows, mapping, progress, known))
                    .orElseGet(() -> new PlainTurns(rows, mapping, progress));
            write(turns, results);
            results.unknownColumns(mapping.unknownColumns());
            reading.verify();
        }
        if (keys.isPresent()) {
            results.missing(keys.get().missingBefore(line.id()).orElse(Missing.NONE));
            long inFile = results.counts().rows();
            write(new MissingTurns(keys.get().deletes(line.id(), inFile), progress), results);
        }
    }

    /** Its keys, of which none has to be known: no row is open. */
    private DropKeys keys(KeyPlace place) {
        return new DropKeys(place, new KeyList(0, 0), journal.keys(), wanted -> {}, outcome -> {});
    }

    private static void write(Iterator<Turn> turns, Results results) {
        while (turns.hasNext()) {
            Turn turn = turns.next();
            results.write(turn.outcome()
                    .orElseThrow(() -> new IllegalStateException(
                            "row " + turn.row().number() + " of an abandoned drop has no outcome")));
        }
    }

    /** What the journal knows of each row; lines and cells are gone with the file. */
    private void writeJournal(Results results) {
        Progress progress = journal.progress(line.id());
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
