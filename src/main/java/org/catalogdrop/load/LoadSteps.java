package org.catalogdrop.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.config.Settings;
import org.catalogdrop.decision.DecisionsById;
import org.catalogdrop.decision.DecisionsByKey;
import org.catalogdrop.decision.DecisionsForMissing;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.decision.MissingCheck;
import org.catalogdrop.decision.Preflight;
import org.catalogdrop.decision.UndoRowFactory;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.csv.CsvPlace;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropProgress;
import org.catalogdrop.journal.InDoubtAddCounts;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RowDecision;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.reconcile.InDoubtAddIndex;
import org.catalogdrop.reconcile.StoredNameRules;
import org.catalogdrop.report.Course;
import org.catalogdrop.resolve.CallOptions;
import org.catalogdrop.resolve.FileMemory;
import org.catalogdrop.resolve.FormatCodec;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.OutboxReports;
import org.catalogdrop.results.OutcomeResequencer;
import org.catalogdrop.results.Results;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code catalog-load}. One drop is loaded at a time, because the API's rate is the limit. Safe for many threads.
 */
public final class LoadSteps {

    private static final Logger LOG = LoggerFactory.getLogger(LoadSteps.class);

    private final Settings.Api api;
    private final Settings.Drops drops;
    private final Settings.Folders folders;
    private final Supplier<Journal> journal;
    private final Consumer<Drop> permission;
    private final InstantSource clock;
    private final ChunkingPolicy cuts;
    private final MappingResolver meanings;
    private final KeyScanSteps looks;
    private final FileMemory files;
    private final LoadQueue one = new LoadQueue();
    private final RowTally tally = new RowTally();
    private final StoredNameRules names = new StoredNameRules();
    private final AtomicBoolean swept = new AtomicBoolean();
    private volatile Optional<LoadPhase> current = Optional.empty();
    private final OutboxReports reports;
    private final ResultsDelivery delivery;
    private volatile Optional<ProgressFile> progress = Optional.empty();
    private volatile Optional<RunHalted> stopped = Optional.empty();
    private final DropRegistration entrance;

    /**
     * @param permission refuses a drop of the inbox that may not be loaded
     * @param reports the files beside the results
     * @param delivery takes the results of the inbox to the machine whose file it is
     */
    public LoadSteps(
            Settings.Api api,
            Settings.Drops drops,
            Settings.Folders folders,
            Supplier<Journal> journal,
            Consumer<Drop> permission,
            KeyScanSteps looks,
            OutboxReports reports,
            ResultsDelivery delivery,
            InstantSource clock) {
        this.delivery = delivery;
        this.reports = reports;
        this.files = new FileMemory(journal);
        this.api = api;
        this.drops = drops;
        this.folders = folders;
        this.journal = journal;
        this.permission = permission;
        this.clock = clock;
        this.cuts = new ChunkingPolicy(api.chunkSize());
        this.meanings = new MappingResolver(api, drops, folders, journal, files);
        this.looks = looks;
        this.entrance = new DropRegistration(api, folders, drops.repeatAllowed(), journal);
    }

    /** Returns the registration, which decides which bytes are loaded, and as what. */
    public DropRegistration entrance() {
        return entrance;
    }

    public LoadQueue one() {
        return one;
    }

    /** Ends the progress file of an unfinished load, because the state folder may belong to another process from now on. */
    public void endProgress() {
        progress.ifPresent(ProgressFile::end);
    }

    /** Returns the load under way in its current phase, for monitoring. */
    public Optional<LoadPhase> current() {
        return current;
    }

    /** Stops sending: a load under way ends, and one that was just opened does not begin. */
    public void stop(RunHalted reason) {
        stopped = Optional.of(reason);
        current.ifPresent(load -> load.failure().fail(reason));
    }

    /** Allows loads again after a stop. */
    public void resume() {
        stopped = Optional.empty();
    }

    /** Returns the counts of the drops so far. */
    public RowTally tally() {
        return tally;
    }

    /** Returns the current limit for the rows of one request. */
    public int chunkRows() {
        return cuts.size().now();
    }

    /**
     * Opens a file as a drop and registers it in the journal. The caller has entered {@link #one()}.
     *
     * @param name the name of the drop in results and messages
     * @param fromInbox whether the file leaves the inbox when its results are in place
     * @param options what the caller asks for
     */
    public OpenedDrop openDrop(Path file, String name, boolean fromInbox, CallOptions options) throws IOException {
        MappingResolver meanings = this.meanings.forList(options.list());
        MappingResolver.Dropped dropped = meanings.identify(file, name, options.mapping());
        if (fromInbox) {
            permission.accept(dropped.drop());
        }
        DropEntry entry = entrance.place(
                dropped.drop(),
                meanings.settings(dropped.drop(), meanings.of(dropped)),
                dropped.isByKey(),
                options,
                publishing(fromInbox));
        dropped = dropped.with(FormatCodec.numbered(
                dropped.drop(), RecordedSettings.of(entry.settings()).readAs()));
        ResolvedMapping meaning = meanings.of(entry, dropped);
        files.remember(entry.id(), dropped.drop());
        OpenedDrop load =
                enter(new OpenedDrop(dropped.drop(), entry, meaning, fromInbox, clock.instant(), drops.limits()));
        progress = Optional.of(ProgressFile.follow(folders.state(), this::current));
        stopped.ifPresent(load.failure()::fail);
        return load;
    }

    private <P extends LoadPhase> P enter(P phase) {
        current = Optional.of(phase);
        return phase;
    }

    /** Deletes unfinished results that an earlier process left in the outbox, once a process. */
    public void sweep() {
        if (swept.compareAndSet(false, true)) {
            publishing(false).sweep();
        }
    }

    /** Resolves the names of the drop's mapping or columns to ids of the account, unless the account has changed since the last drop. */
    public OpenedDrop resolveNames(OpenedDrop load, Account account) {
        MappingResolver.Named named = meanings.name(load.drop(), load.entry(), load.meaning(), account);
        return enter(load.named(named.meaning(), named.entry()));
    }

    /**
     * Begins a pass over the drop. The pass whose rows are sent begins after the settled ones, if that place can be found without parsing
     * them.
     */
    public DropReader beginPass(DropPass pass) throws IOException {
        return pass.reader()
                .begin(
                        pass instanceof CheckedDrop load
                                ? Resumption.of(load, drops.limits(), journal.get())
                                : Optional.empty());
    }

    public Iterator<Row> readCsvRows(DropReader reading, Iterator<CSVRecord> records) {
        return reading.csv(records);
    }

    public Iterator<Row> readJsonRows(DropReader reading) {
        return reading.json();
    }

    /**
     * Uses the check of an earlier run, or counts the rows of plain CSV without parsing them. An unusual drop is not checked here, and no
     * drop is when the number of rejects matters.
     */
    public LoadPhase countRows(OpenedDrop load) throws IOException {
        if (load.wasChecked()) {
            return enter(new CheckedDrop(load, load.rows()));
        }
        if (Preflight.budget(load.meaning(), drops).isLimited()
                || load.meaning().keyPlace().isPresent()
                || api.markerField().isPresent()) {
            return load;
        }
        OptionalLong rows = beginPass(load).countRows();
        if (rows.isEmpty()) {
            return load;
        }
        load.reader().verify();
        return recordCheck(new CheckedDrop(load, rows.getAsLong()));
    }

    /** Reads the whole drop, so that one that must be refused is refused before its first row is sent. */
    public CheckedDrop checkRows(OpenedDrop load, Iterator<Row> rows) throws IOException {
        ResolvedMapping meaning = load.meaning();
        Optional<DropKeys> keys = meaning.keyPlace().map(place -> looks.of(load, place));
        // What was decided before the first request holds to the end; a drop that was not checked to its end has sent
        // none.
        Optional<Missing> before = keys.filter(known -> load.rows() >= 0)
                .flatMap(known -> known.missingBefore(load.entry().id()));
        Optional<MissingCheck> missing = before.isPresent() ? Optional.empty() : keys.flatMap(DropKeys::missing);
        Preflight check = new Preflight(
                meaning,
                Preflight.budget(meaning, drops),
                keys.map(DropKeys::twice),
                missing,
                api.markerField(),
                load.failure()::throwIfFailed);
        long counted = check.rows(meanings.wholeFitting(load.drop(), meaning, rows));
        load.reader().verify();
        if (check.isUnsure()) {
            try (DropReader again = DropReader.open(load.drop(), drops.limits())) {
                check.countTwice(again.rows());
            }
        }
        check.hold();
        Missing found = before.orElseGet(
                () -> missing.map(one -> one.decide(load.entry().id())).orElse(Missing.NONE));
        if (!found.kept().isEmpty()) {
            LOG.warn("{}: no missing elements are deleted: {}", load.displayName(), found.kept());
        }
        return recordCheck(new CheckedDrop(load, keys, found, counted));
    }

    private CheckedDrop recordCheck(CheckedDrop load) {
        journal.get().recordRowCount(load.entry().id(), load.rows());
        return enter(load);
    }

    /** Returns the rows, if their columns are those of the mapping. */
    public Iterator<Row> checkHeader(CheckedDrop load, Iterator<Row> rows) {
        return meanings.fitting(load.drop(), load.meaning(), rows);
    }

    /** Begins the results. Rows before the pass are written to them meanwhile. */
    public RunningLoad beginResults(CheckedDrop load) {
        long drop = load.entry().id();
        Optional<CsvPlace> place = load.reader().place();
        long passed = place.map(CsvPlace::rows).orElse(0L);
        InDoubtAddCounts doubtful = journal.get().addsInDoubt(drop, passed);
        reportResumption(load, passed, !doubtful.open().isEmpty());
        UndoRowFactory undo =
                new UndoRowFactory(drops.undo(), row -> journal.get().before(drop, row));
        Results results = Results.begin(
                (load.opened().isFromInbox() ? folders.ofLoads() : folders).outbox(),
                load.drop(),
                load.meaning().displayName(),
                drops.results(),
                undo::of,
                ResultsOwner.of(folders, journal.get()));
        results.missing(load.missing());
        results.target(load.opened().target());
        Course course = new Course();
        if (reports.isWanted()) {
            results.report(course);
        }
        results.undoSetting(drops.undo().word());
        OutcomeResequencer order = cuts.order(load, api.mostInFlight(), results);
        RunningLoad.Background catchUp = place.<RunningLoad.Background>map(from -> CatchUp.begin(
                        load,
                        drops.limits(),
                        from,
                        results,
                        order,
                        names,
                        journal.get().progress(drop)))
                .orElse(RunningLoad.Background.NONE);
        return enter(new RunningLoad(
                load,
                results,
                course,
                order,
                catchUp,
                cuts.size(),
                new InDoubtAddIndex(doubtful.open(), doubtful.ended()),
                names));
    }

    /** Returns the chunks that are still to be sent. Settled and rejected rows go directly to the results. */
    public Iterator<Chunk> buildChunks(RunningLoad load, Iterator<Row> rows) {
        Mapping mapping = load.meaning().mapping();
        DropProgress progress = journal.get()
                .progress(load.entry().id())
                .behind(load.reader().place().map(CsvPlace::rows).orElse(0L));
        PendingRows pending = new PendingRows(
                load,
                load.keys()
                        .<Iterator<RowDecision>>map(keys -> new DecisionsByKey(rows, mapping, progress, keys))
                        .orElseGet(() -> new DecisionsById(rows, mapping, progress)),
                mapping);
        return cuts.of(load, pending);
    }

    /** Reports that an earlier run began the load: it may be silent for a while, and its progress does not begin at 0. */
    private void reportResumption(CheckedDrop load, long passed, boolean hasDoubts) {
        if (load.entry().requests() > 0) {
            LOG.info(
                    "{}: an earlier run has sent rows of this drop. What it settled is not sent again{}.{}",
                    load.displayName(),
                    passed > 0 ? "; all rows up to row " + passed + " are settled" : "",
                    hasDoubts
                            ? " Adds that got no answer are looked up first. That takes kommo.doubt-wait ("
                                    + api.doubtWait().toSeconds() + " s) or longer."
                            : "");
        }
    }

    /** Returns the chunks that delete the elements missing from a complete list, when all its rows have been sent. */
    public Iterator<Chunk> buildMissingDeletes(RunningLoad load) {
        if (load.failure().isFailedOrRefused()) {
            return Collections.emptyIterator();
        }
        long drop = load.entry().id();
        Iterator<RowDecision> turns = new DecisionsForMissing(
                load.keys().orElseThrow().deletes(drop, load.checked().rowsInDrop()),
                journal.get().progress(drop));
        return cuts.of(load, new PendingRows(load, turns, load.meaning().mapping()));
    }

    /** Publishes the results, because all rows have an outcome. */
    public Summary publishResults(RunningLoad load) {
        load.failure().throwIfFailedOrRefused();
        load.awaitOutcomes();
        return tally.add(publishing(load.opened().isFromInbox()).publish(load));
    }

    /** Finishes a drop whose results an earlier run has published. */
    public Summary finishPublished(OpenedDrop load) {
        load.failure().throwIfFailed();
        return tally.add(publishing(load.isFromInbox()).finish(load));
    }

    /**
     * Publishes the refusal of a drop, and what was applied of it before.
     *
     * @param started when the call began
     */
    public Summary publishRefusal(String name, Problem problem, Instant started) {
        boolean fromInbox = current.filter(load -> load.opened().isFromInbox()).isPresent();
        return tally.add(publishing(fromInbox).refuse(current, name, problem, started));
    }

    /** Results of files that were handed over are listed by the machine that gets them. */
    private Publishing publishing(boolean fromInbox) {
        String host = RecordedSettings.host(api);
        return fromInbox && folders.handover().isPresent()
                ? new Publishing(folders.ofLoads(), host, journal.get(), OutboxReports.OFF, delivery)
                : new Publishing(folders, host, journal.get(), reports);
    }

    /** Records why the load stops before its end, for those who ask for its state later. */
    public void recordHalt(RunHalted reason) {
        Code code = reason.problem().code();
        // A stop is no fault; and where the journal or its disk fails, nothing can be written.
        if (code != Code.STOPPED && code != Code.JOURNAL && code != Code.DISK && code != Code.OWNED) {
            current.ifPresent(
                    load -> journal.get().recordHalt(load.opened().entry().id(), reason.problem()));
        }
    }

    /** Ends the load, whether it succeeded or not. */
    public void closeDrop() throws IOException {
        progress.ifPresent(ProgressFile::end);
        progress = Optional.empty();
        Optional<LoadPhase> load = current;
        current = Optional.empty();
        if (load.isPresent()) {
            load.get().close();
        }
    }
}
