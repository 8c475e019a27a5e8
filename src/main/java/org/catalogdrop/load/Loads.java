package org.catalogdrop.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.camel.Incoming;
import org.catalogdrop.config.Settings;
import org.catalogdrop.decision.KeyedTurns;
import org.catalogdrop.decision.MissingTurns;
import org.catalogdrop.decision.PlainTurns;
import org.catalogdrop.decision.Turn;
import org.catalogdrop.decision.UndoRows;
import org.catalogdrop.input.Reading;
import org.catalogdrop.input.csv.Place;
import org.catalogdrop.journal.Entry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.Progress;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.reconcile.StoredNames;
import org.catalogdrop.resolve.FileMemory;
import org.catalogdrop.resolve.Meaning;
import org.catalogdrop.resolve.Meanings;
import org.catalogdrop.resolve.Recorded;
import org.catalogdrop.resolve.Written;
import org.catalogdrop.results.Results;

/** The verbs of the route {@code catalog-load}. One drop is loaded at a time: the API's pace is the limit, not we. */
public final class Loads {

    private final Settings settings;
    private final Supplier<Journal> journal;
    private final Incoming incoming;
    private final Consumer<Drop> permission;
    private final InstantSource clock;
    private final Cuts cuts;
    private final Meanings meanings;
    private final FileCheck fileCheck;
    private final FileMemory files;
    private final OneAtATime one = new OneAtATime();
    private final RowTally tally = new RowTally();
    private final StoredNames names = new StoredNames();
    private final AtomicBoolean swept = new AtomicBoolean();
    private volatile Optional<Load> current = Optional.empty();
    private volatile Optional<ProgressFile> progress = Optional.empty();
    private volatile Optional<RunHalted> stopped = Optional.empty();
    private final Entrance entrance;

    /** @param permission refuses a drop of the inbox that may not be loaded */
    public Loads(
            Settings settings,
            Supplier<Journal> journal,
            Incoming incoming,
            Consumer<Drop> permission,
            KeyLooks looks,
            InstantSource clock) {
        this.files = new FileMemory(journal);
        this.settings = settings;
        this.journal = journal;
        this.incoming = incoming;
        this.permission = permission;
        this.clock = clock;
        this.cuts = new Cuts(settings.api().chunkSize());
        this.meanings = new Meanings(settings, journal, files);
        this.fileCheck = new FileCheck(settings, meanings, looks);
        this.entrance = new Entrance(settings, journal);
    }

    /** Which bytes are loaded, and as what. */
    public Entrance entrance() {
        return entrance;
    }

    public OneAtATime one() {
        return one;
    }

    /** Ends the notes of a load that has not ended: the state folder may be another process's from now on. */
    public void endProgress() {
        progress.ifPresent(ProgressFile::end);
    }

    /** The drop being loaded, for a progress bar. */
    public Optional<Load> current() {
        return current;
    }

    /** Nothing more is sent: a load under way comes to its end, and one that was just opened does not begin. */
    public void stop(RunHalted reason) {
        stopped = Optional.of(reason);
        current.ifPresent(load -> load.fail(reason));
    }

    /** After a stop: drops are loaded again. */
    public void goOn() {
        stopped = Optional.empty();
    }

    /** What came of the drops so far. */
    public RowTally tally() {
        return tally;
    }

    /** Most rows in one request, as the API has taught it. */
    public int chunkRows() {
        return cuts.rows();
    }

    /** Takes the body as a drop and finds its place in the journal. */
    public Load openDrop(Exchange exchange) throws InterruptedException, IOException {
        one.enter();
        exchange.setProperty(Incoming.OPENED, true);
        exchange.setProperty(Incoming.STARTED, clock.instant());
        sweep();
        Path file = incoming.file(exchange);
        Meanings.Dropped dropped = meanings.identify(file, incoming.name(exchange));
        boolean fromInbox = exchange.getProperty(Incoming.INBOX, false, Boolean.class);
        if (fromInbox) {
            permission.accept(dropped.drop());
        }
        Entry entry = entrance.place(
                dropped.drop(), meanings.settings(dropped.drop(), meanings.of(dropped)), dropped.isByKey());
        dropped = dropped.with(
                Written.numbered(dropped.drop(), Recorded.of(entry.settings()).readAs()));
        Meaning meaning = meanings.of(entry, dropped);
        files.remember(entry.id(), dropped.drop());
        Load load = new Load(dropped.drop(), entry, meaning, clock.instant(), fromInbox);
        load.learns(names);
        current = Optional.of(load);
        progress = Optional.of(ProgressFile.follow(settings.folders().state(), load));
        stopped.ifPresent(load::fail);
        return load;
    }

    /** Once a process: what an earlier one left in the outbox in the making is of no use. */
    public void sweep() {
        if (swept.compareAndSet(false, true)) {
            new Publishing(settings, journal.get()).sweep();
        }
    }

    /** The names of the drop's mapping or columns get the ids they have in the account, unless the account has changed since the last drop. */
    public void resolveNames(Load load, Account account) {
        Meanings.Named named = meanings.name(load.drop(), load.entry(), load.meaning(), account);
        load.means(named.meaning(), named.entry());
    }

    /** Begins a pass over the drop. */
    public Reading beginPass(Pass pass) throws IOException {
        close(pass.reading());
        pass.reads(
                pass instanceof Load load && !load.needsCheck()
                        ? goOn(load)
                        : Reading.open(pass.drop(), settings.drops().limits()));
        return pass.reading().orElseThrow();
    }

    /** The pass whose rows are sent begins behind those that are settled, if that place can be found without making them. */
    private Reading goOn(Load load) throws IOException {
        load.goesOn(Resumption.of(load, settings, journal.get()));
        return load.place()
                .map(place -> Reading.open(load.drop(), settings.drops().limits(), place))
                .orElseGet(() -> Reading.open(load.drop(), settings.drops().limits()));
    }

    public Iterator<Row> readCsvRows(Reading reading, Iterator<CSVRecord> records) {
        return reading.csv(records);
    }

    public Iterator<Row> readJsonRows(Reading reading) {
        return reading.json();
    }

    /**
     * Runs through a drop of plain CSV without parsing it; one that is unusual in any way is left unchecked, and so is every one when
     * the number of rejects matters.
     */
    public void countRows(Load load) throws IOException {
        if (fileCheck.budget(load.meaning()).isLimited()
                || load.meaning().keyPlace().isPresent()
                || settings.api().markerField().isPresent()) {
            return;
        }
        OptionalLong rows = beginPass(load).countRows();
        if (rows.isPresent()) {
            load.reading().orElseThrow().verify();
            checked(load, rows.getAsLong());
        }
    }

    /** Runs through the whole drop, so that one that must be refused is refused before its first row is sent. */
    public void checkRows(Load load, Iterator<Row> rows) {
        checked(load, fileCheck.rows(load, new Stoppable<>(load, rows)));
    }

    private void checked(Load load, long rows) {
        journal.get().surveyed(load.entry().id(), rows);
        load.checked(rows);
    }

    /** The chunks still to be sent; what is settled or rejected goes straight to the results. */
    public Iterator<Chunk> buildChunks(Load load, Iterator<Row> rows) {
        if (load.isPublished()) {
            return Collections.emptyIterator();
        }
        Iterator<Row> fitting = meanings.fitting(load.drop(), load.meaning(), rows);
        UndoRows undo = new UndoRows(settings.drops().undo(), row -> journal.get()
                .before(load.entry().id(), row));
        Results results = Results.begin(
                settings.folders().outbox(),
                load.drop(),
                load.meaning().told(),
                settings.drops().results(),
                undo::of,
                ResultsOwner.of(settings.folders().state()));
        load.writes(results, cuts.order(load, settings.api().mostInFlight(), results));
        results.missing(load.missing());
        results.target(load.target());
        results.undoSetting(settings.drops().undo().word());
        load.place()
                .ifPresent(place -> load.catchesUp(CatchUp.begin(
                        load,
                        settings,
                        place,
                        results,
                        journal.get().progress(load.entry().id()))));
        long passed = load.place().map(Place::rows).orElse(0L);
        load.doubts(journal.get().addsInDoubt(load.entry().id(), passed));
        Mapping mapping = load.meaning().mapping();
        Progress progress = journal.get().progress(load.entry().id()).behind(passed);
        PendingRows pending = new PendingRows(
                load,
                load.keys()
                        .<Iterator<Turn>>map(keys -> new KeyedTurns(fitting, mapping, progress, keys))
                        .orElseGet(() -> new PlainTurns(fitting, mapping, progress)),
                mapping);
        return cuts.of(load, pending);
    }

    /** The chunks that delete what a complete list does not have, when all its rows have been sent. */
    public Iterator<Chunk> buildMissingDeletes(Load load) {
        if (load.failure().isPresent() || load.refusal().isPresent()) {
            return Collections.emptyIterator();
        }
        long drop = load.entry().id();
        Iterator<Turn> turns = new MissingTurns(
                load.keys().orElseThrow().deletes(drop, load.rowsInDrop()),
                journal.get().progress(drop));
        return cuts.of(load, new PendingRows(load, turns, load.meaning().mapping()));
    }

    /** All rows have their outcome: the results get their place. */
    public Summary publishResults(Load load) {
        if (load.failure().isPresent()) {
            throw load.failure().get();
        }
        if (load.refusal().isPresent()) {
            throw load.refusal().get();
        }
        load.awaitOutcomes();
        return tally.add(new Publishing(settings, journal.get()).publish(load));
    }

    /** The drop is unusable; what was applied before that was seen is in its results. */
    public Summary publishRefusal(Exchange exchange) {
        DropRefused refusal = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, DropRefused.class);
        return tally.add(new Publishing(settings, journal.get())
                .refuse(current, incoming.name(exchange), refusal.problem(), Incoming.started(exchange)));
    }

    /** Ends the load, however it went. */
    public void closeDrop(Exchange exchange) throws IOException {
        if (exchange.removeProperty(Incoming.OPENED) == null) {
            return;
        }
        Optional<Load> load = current;
        current = Optional.empty();
        progress.ifPresent(ProgressFile::end);
        progress = Optional.empty();
        try {
            load.ifPresent(Load::endCatchUp);
            load.flatMap(Load::results).ifPresent(Results::close);
            close(load.flatMap(Load::reading));
        } finally {
            release(exchange);
        }
    }

    private static void close(Optional<Reading> reading) throws IOException {
        if (reading.isPresent()) {
            reading.get().close();
        }
    }

    private void release(Exchange exchange) throws IOException {
        try {
            incoming.release(exchange);
        } finally {
            one.leave();
        }
    }
}
