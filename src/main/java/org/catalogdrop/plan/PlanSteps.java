package org.catalogdrop.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.catalogdrop.chunk.Chunker;
import org.catalogdrop.config.Settings;
import org.catalogdrop.decision.DuplicateKeys;
import org.catalogdrop.decision.MarkerCheck;
import org.catalogdrop.decision.Preflight;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.journal.BegunDrop;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.KeyReader;
import org.catalogdrop.kommo.read.ElementPages;
import org.catalogdrop.kommo.read.FieldNames;
import org.catalogdrop.kommo.read.OperationDiff;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.kommo.read.PageRequest;
import org.catalogdrop.kommo.read.PreRead;
import org.catalogdrop.load.ChunkingPolicy;
import org.catalogdrop.load.DropRegistration;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.mapping.rule.RejectBudget;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RowDecision;
import org.catalogdrop.resolve.CallOptions;
import org.catalogdrop.resolve.FormatCodec;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.PlanFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code catalog-plan}. They write neither to the journal nor to the account, and a load may run at the same time.
 * Safe for many threads.
 */
public final class PlanSteps {

    private static final Logger LOG = LoggerFactory.getLogger(PlanSteps.class);

    private final Settings.Api api;
    private final Settings.Drops drops;
    private final Settings.Folders folders;
    private final MappingResolver meanings;

    public PlanSteps(Settings.Api api, Settings.Drops drops, Settings.Folders folders) {
        this.api = api;
        this.drops = drops;
        this.folders = folders;
        this.meanings = MappingResolver.readOnly(api, drops, folders);
    }

    /**
     * A chunk of the plan: those of its operations that are compared with their elements. It is not a record, because Camel would hash
     * all of it.
     */
    public static final class Planned {

        private final List<Operation> operations;
        private final boolean nameless;

        /** @param nameless whether the account was not yet asked for the names of its fields */
        private Planned(List<Operation> operations, boolean nameless) {
            this.nameless = nameless && operations.stream().anyMatch(Planned::hasFields);
            this.operations = operations;
        }

        private static boolean hasFields(Operation operation) {
            return (operation instanceof Operation.Add add && !add.fields().isEmpty())
                    || (operation instanceof Operation.Update update
                            && !update.fields().isEmpty());
        }

        /** Returns whether the account must be asked for the names of its fields. */
        public boolean needsFieldNames() {
            return nameless;
        }
    }

    /** The operations of a chunk with the elements read for them. It is not a record, because Camel would hash all of it. */
    public static final class Before {

        private final List<Operation> operations;
        private final ElementPages pages;

        private Before(List<Operation> operations) {
            this.operations = operations;
            this.pages = new ElementPages(operations.stream()
                    .filter(operation -> operation.element().isPresent())
                    .toList());
        }

        public boolean isUnfinished() {
            return pages.isUnfinished();
        }
    }

    /**
     * Opens a file as a drop.
     *
     * @param name the name of the drop in results and messages
     * @param folder gets all changes and rejects
     * @param sample how many changes and how many rejects the plan itself has
     * @param options what the caller asks for
     */
    public PlanSession openDrop(Path file, String name, Optional<Path> folder, int sample, CallOptions options)
            throws IOException {
        MappingResolver meanings = this.meanings.forList(options.list());
        MappingResolver.Dropped identified = meanings.identify(file, name, options.mapping());
        Settings.Api asked =
                options.list().isPresent() ? api.withCatalogId(options.list().getAsLong()) : api;
        Optional<DropLine> begun = begun(identified.drop(), RecordedSettings.ofTarget(asked));
        Optional<RecordedSettings> recorded = begun.map(line -> RecordedSettings.of(line.settings()));
        MappingResolver.Dropped dropped = recorded.map(
                        before -> identified.with(FormatCodec.numbered(identified.drop(), before.readAs())))
                .orElse(identified);
        ResolvedMapping meaning =
                recorded.map(before -> meanings.begun(dropped, before)).orElseGet(() -> meanings.of(dropped));
        Drop drop = dropped.drop();
        Optional<PlanFiles> files =
                folder.map(target -> PlanFiles.begin(target, drop, meaning.displayName(), drops.results()));
        PlanSession planning = new PlanSession(drop, meaning, drops.limits(), sample, files);
        begun.ifPresent(line -> planning.begins(BegunDrop.open(folders.journal(), line.id())));
        return planning;
    }

    /** Returns the unfinished load of the same bytes that a load would resume, if it has sent rows. */
    private Optional<DropLine> begun(Drop drop, RecordedSettings now) {
        return Journal.drops(folders.journal()).stream()
                .filter(line -> line.digest().equals(drop.digest()))
                .filter(line -> now.isSameAccount(RecordedSettings.of(line.settings())))
                .reduce((earlier, later) -> later)
                .filter(line -> line.state() != DropEntry.State.DONE && !line.abandoned())
                .filter(line -> line.inDoubt() > 0 || !line.counts().isEmpty())
                .filter(line -> now.isSameTarget(RecordedSettings.of(line.settings()))
                        || !RecordedSettings.of(line.settings()).mapping().isEmpty());
    }

    /** Resolves the names of the drop's mapping or columns to ids of the account. */
    public void resolveNames(PlanSession planning, Account account) {
        planning.means(meanings.planned(planning.meaning(), account));
        takeFieldNames(planning, account);
    }

    /** Takes the names of the account's fields, which changes are shown with. */
    public void takeFieldNames(PlanSession planning, Account account) {
        planning.names(FieldNames.of(account));
    }

    /** Shows fields by their ids, because the account did not return their names. */
    public void showFieldIds(PlanSession planning, Exception reason) {
        LOG.warn(
                "{}: the plan shows fields by their ids, because the account did not return their names: {}",
                NormalizedName.show(planning.drop().name()),
                reason.getMessage());
        planning.names(FieldNames.NONE);
    }

    /** Cuts the operations of the rows into chunks as a load does. */
    public void buildChunks(PlanSession planning, Iterator<Row> all) throws IOException {
        Iterator<Row> rows = meanings.wholeFitting(planning.drop(), planning.meaning(), all);
        Optional<KeyLocation> place = planning.meaning().keyPlace();
        place.flatMap(where -> KeyReader.open(folders.journal(), api.account(), where.catalog(), where.field()))
                .ifPresent(planning::setKeys);
        DuplicateKeys twice = new DuplicateKeys();
        if (place.isPresent()) {
            noteKeys(planning, twice);
        }
        Iterator<RowDecision> pending =
                new PlannedRows(planning, rows, twice, place, new MarkerCheck(api.markerField()));
        planning.cutInto(new Chunker(pending, ChunkingPolicy.limits(api.chunkSize()), planning.lanes()));
    }

    /** Runs through the drop once to find duplicate keys. */
    private void noteKeys(PlanSession planning, DuplicateKeys twice) throws IOException {
        try (DropReader first = DropReader.open(planning.drop(), drops.limits())) {
            Preflight.ofKeys(planning.meaning(), twice, api.markerField()).rows(first.rows());
        }
    }

    /** Returns the next chunk, with those of its operations that are compared. */
    public Planned nextChunk(PlanSession planning) {
        List<Operation> operations = planning.next().map(Chunk::operations).orElse(List.of());
        operations.forEach(operation -> planning.undo(operation, isUndoable(planning, operation)));
        return new Planned(operations.subList(0, planning.wanted(operations.size())), !planning.hasNames());
    }

    /** Begins to read the elements that the operations would change. */
    public Before beginRead(Planned chunk) {
        return new Before(chunk.operations);
    }

    private boolean isUndoable(PlanSession planning, Operation operation) {
        return drops.undo().takesBack(operation, isRead(planning, operation));
    }

    /** Returns whether an element is read before it is changed, or has just been read. */
    private static boolean isRead(PlanSession planning, Operation operation) {
        return PreRead.isNeeded(operation)
                || (operation.element().isPresent()
                        && planning.isRead(operation.element().getAsLong()));
    }

    public PageRequest nextPage(Before before) {
        return before.pages.next();
    }

    public void takePage(Before before, PageBody page) {
        before.pages.take(page);
    }

    /** Records what the operations would change. */
    public void compareElements(PlanSession planning, Before before) {
        before.operations.forEach(operation -> compare(planning, operation, before.pages));
    }

    private void compare(PlanSession planning, Operation operation, ElementPages pages) {
        OptionalLong id = operation.element();
        Optional<Element> element = id.isPresent() ? pages.element(id.getAsLong()) : Optional.empty();
        if (id.isPresent() && element.isEmpty()) {
            if (!pages.isUntold(id.getAsLong())) {
                absent(planning, operation);
            }
            return;
        }
        PreRead.Found found = id.isPresent() ? PreRead.judge(operation, pages, false) : PreRead.unread(operation);
        if (found.ended().isPresent()) {
            Outcome ended = found.ended().get();
            if (ended.problem().isPresent()) {
                planning.reject(ended);
            } else {
                planning.unchanged();
            }
            return;
        }
        List<Change> changes = OperationDiff.of(
                found.send().orElseThrow(), element, planning.names(), isUndoable(planning, operation));
        if (changes.isEmpty()) {
            planning.unchanged();
        }
        changes.forEach(planning::change);
    }

    private static void absent(PlanSession planning, Operation operation) {
        boolean adds = planning.meaning()
                .keyPlace()
                .filter(place -> place.gone() == KeyLocation.Gone.ADD)
                .isPresent();
        if (!operation.row().isInDrop()) {
            // The element is missing from a complete list, and someone has deleted it already.
            return;
        }
        if (adds && operation.action() == Action.UPDATE) {
            planning.again();
        } else {
            planning.absent();
        }
    }

    /** Returns the complete plan. */
    public Plan buildPlan(PlanSession planning) {
        planning.reader().verify();
        PlanSession.Counted counted = planning.counted();
        Drop drop = planning.drop();
        Plan plan = new Plan(
                drop.name(),
                drop.digest(),
                drop.format().word(),
                drop.shape(),
                planning.meaning().displayName(),
                counted.rows(),
                counted.byAction(),
                counted.unchanged(),
                counted.absent(),
                counted.again(),
                planning.missing().map(PlannedMissing::found).orElse(Missing.NONE),
                refusals(planning, counted),
                counted.rejected(),
                counted.requests(),
                leastTime(counted.requests()),
                List.copyOf(planning.mapping().unknownColumns()),
                counted.rejects(),
                counted.changes(),
                isKeysUnread(planning),
                planning.meaning().isByKey() ? Optional.empty() : loadedBefore(drop),
                planning.undo(drops.undo().word()),
                counted.skipped(),
                planning.mapping().remarks(),
                counted.begun(),
                planning.causes());
        planning.files()
                .ifPresent(files -> files.publish(
                        plan,
                        PlanText.of(plan, api.requestsPerSecond(), Optional.of(files.folder()), PlanText.Hints.NONE),
                        drops.reports()));
        return plan;
    }

    private static boolean isKeysUnread(PlanSession planning) {
        return planning.meaning().keyPlace().isPresent()
                && planning.keys().filter(KeyReader::isListKnown).isEmpty();
    }

    /** Returns why a load would refuse the drop, as far as its rows decide that. */
    private List<String> refusals(PlanSession planning, PlanSession.Counted counted) {
        List<String> refusals = new ArrayList<>();
        planning.missing().flatMap(PlannedMissing::refusal).ifPresent(refusals::add);
        RejectBudget budget = Preflight.budget(planning.meaning(), drops);
        if (budget.isExceeded(counted.rejected(), counted.rows())) {
            refusals.add(counted.rejected() + " of " + Plural.of(counted.rows(), "row") + " would be rejected; "
                    + Preflight.budgetBy(planning.meaning()) + " allows " + budget.text() + ".");
        }
        return refusals;
    }

    /** Returns the least time for the requests. The first one need not wait. */
    private Duration leastTime(long requests) {
        double rate = api.requestsPerSecond();
        return rate == 0 || requests == 0 ? Duration.ZERO : Duration.ofMillis((long) ((requests - 1) * 1000 / rate));
    }

    private Optional<String> loadedBefore(Drop drop) {
        return Journal.drops(folders.journal()).stream()
                .filter(known -> known.state() == DropEntry.State.DONE && DropRegistration.hasLoaded(known.counts()))
                .filter(known -> known.digest().equals(drop.digest()))
                .filter(known -> RecordedSettings.of(known.settings()).isSameAccount(RecordedSettings.ofAccount(api)))
                .map(DropLine::folder)
                .reduce((first, last) -> last);
    }

    /** Ends the dry run, whether it succeeded or not. */
    public void closeDrop(PlanSession planning) throws IOException {
        planning.reader().close();
        if (planning.files().isPresent()) {
            planning.files().get().close();
        }
        planning.keys().ifPresent(KeyReader::close);
        planning.begun().ifPresent(BegunDrop::close);
    }
}
