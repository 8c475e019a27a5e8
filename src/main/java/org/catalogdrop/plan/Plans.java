package org.catalogdrop.plan;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.camel.Exchange;
import org.catalogdrop.camel.Incoming;
import org.catalogdrop.chunk.Chunks;
import org.catalogdrop.chunk.Pending;
import org.catalogdrop.config.Settings;
import org.catalogdrop.decision.KeysTwice;
import org.catalogdrop.decision.MarkerCheck;
import org.catalogdrop.decision.WholeCheck;
import org.catalogdrop.input.Reading;
import org.catalogdrop.journal.BegunDrop;
import org.catalogdrop.journal.DropLine;
import org.catalogdrop.journal.Entry;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.KeyReader;
import org.catalogdrop.kommo.read.Changes;
import org.catalogdrop.kommo.read.ElementPages;
import org.catalogdrop.kommo.read.FieldNames;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.kommo.read.PageRequest;
import org.catalogdrop.kommo.read.ReadFirst;
import org.catalogdrop.load.Cuts;
import org.catalogdrop.load.Entrance;
import org.catalogdrop.load.FileCheck;
import org.catalogdrop.mapping.KeyPlace;
import org.catalogdrop.mapping.RejectBudget;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Amount;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Row;
import org.catalogdrop.resolve.Meaning;
import org.catalogdrop.resolve.Meanings;
import org.catalogdrop.resolve.Recorded;
import org.catalogdrop.resolve.Written;
import org.catalogdrop.results.PlanFiles;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verbs of the route {@code catalog-plan}. Headers of a call: {@code CatalogDropName} as for a load, {@code CatalogPlanFolder} (where
 * all changes and rejects go; without it only the first are worked out), {@code CatalogPlanSample} (how many those are, default 20).
 * Neither the journal nor the account is written to, and a load may run beside it.
 */
public final class Plans {

    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);

    public static final String FOLDER = "CatalogPlanFolder";
    public static final String SAMPLE = "CatalogPlanSample";

    private static final int USUAL_SAMPLE = 20;
    private static final String PLANNING = "catalogDropPlanning";

    private final Settings settings;
    private final Incoming incoming;
    private final Meanings meanings;

    public Plans(Settings settings, Incoming incoming) {
        this.settings = settings;
        this.incoming = incoming;
        this.meanings = Meanings.readOnly(settings);
    }

    /** A chunk of the plan: those of its operations whose changes are worked out. No record: Camel would hash all of it. */
    public static final class Planned {

        private final List<Operation> operations;
        private final boolean nameless;

        /** @param nameless whether the account was not asked yet what its fields are called */
        private Planned(List<Operation> operations, boolean nameless) {
            this.nameless = nameless && operations.stream().anyMatch(Planned::hasFields);
            this.operations = operations;
        }

        private static boolean hasFields(Operation operation) {
            return operation instanceof Operation.Add add && !add.fields().isEmpty()
                    || operation instanceof Operation.Update update
                            && !update.fields().isEmpty();
        }

        /** Whether the account is to be asked what its fields are called. */
        public boolean needsFieldNames() {
            return nameless;
        }
    }

    /** The same operations with the elements read back for them. No record: Camel would hash all of it. */
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

    /** Takes the body as a drop. */
    public Planning openDrop(Exchange exchange) throws IOException {
        Path file = incoming.file(exchange);
        Meanings.Dropped identified = meanings.identify(file, incoming.name(exchange));
        Optional<DropLine> begun = begun(identified.drop());
        Optional<Recorded> recorded = begun.map(line -> Recorded.of(line.settings()));
        Meanings.Dropped dropped = recorded.map(
                        before -> identified.with(Written.numbered(identified.drop(), before.readAs())))
                .orElse(identified);
        Meaning meaning =
                recorded.map(before -> meanings.begun(dropped, before)).orElseGet(() -> meanings.of(dropped));
        Drop drop = dropped.drop();
        Path folder = exchange.getMessage().getHeader(FOLDER, Path.class);
        int sample = exchange.getMessage().getHeader(SAMPLE, USUAL_SAMPLE, Integer.class);
        exchange.getMessage().removeHeaders("*");
        Optional<PlanFiles> files = Optional.ofNullable(folder)
                .map(target -> PlanFiles.begin(
                        target, drop, meaning.told(), settings.drops().results()));
        Planning planning = new Planning(drop, meaning, sample, files);
        begun.ifPresent(
                line -> planning.begins(BegunDrop.open(settings.folders().state(), line.id())));
        exchange.setProperty(PLANNING, planning);
        return planning;
    }

    /** Returns the load of these bytes that a load would go on with, if rows of it were sent. */
    private Optional<DropLine> begun(Drop drop) {
        Recorded now = Recorded.ofTarget(settings);
        return Journal.drops(settings.folders().state()).stream()
                .filter(line -> line.digest().equals(drop.digest()))
                .filter(line -> now.isSameAccount(Recorded.of(line.settings())))
                .reduce((earlier, later) -> later)
                .filter(line -> line.state() != Entry.State.DONE && !line.abandoned())
                .filter(line -> line.inDoubt() > 0 || !line.counts().isEmpty())
                .filter(line -> now.isSameTarget(Recorded.of(line.settings()))
                        || !Recorded.of(line.settings()).mapping().isEmpty());
    }

    /** The names of the drop's mapping or columns get the ids they have in the account. */
    public void resolveNames(Planning planning, Account account) {
        planning.means(meanings.planned(planning.meaning(), account));
        takeFieldNames(planning, account);
    }

    /** The fields of changes are shown by the names they have in the account. */
    public void takeFieldNames(Planning planning, Account account) {
        planning.names(FieldNames.of(account));
    }

    /** The account does not tell its fields' names: they are shown by their ids. */
    public void showFieldIds(Planning planning, Exception reason) {
        LOG.warn(
                "{}: the plan shows fields by their ids, since the account did not tell their names: {}",
                planning.drop().name(),
                reason.getMessage());
        planning.names(FieldNames.NONE);
    }

    /** Cuts the operations of the rows into chunks just as a load does. */
    public void buildChunks(Planning planning, Iterator<Row> all) throws IOException {
        Iterator<Row> rows = meanings.wholeFitting(planning.drop(), planning.meaning(), all);
        Optional<KeyPlace> place = planning.meaning().keyPlace();
        place.flatMap(where -> KeyReader.open(
                        settings.folders().state(), settings.api().account(), where.catalog(), where.field()))
                .ifPresent(planning::has);
        KeysTwice twice = new KeysTwice();
        if (place.isPresent()) {
            noteKeys(planning, twice);
        }
        Iterator<Pending> pending = new PlannedRows(
                planning, rows, twice, place, new MarkerCheck(settings.api().markerField()));
        planning.cutInto(new Chunks(pending, Cuts.limits(settings.api().chunkSize()), planning.lanes()));
    }

    /** A pass of its own over the drop, so that keys that stand twice are known. */
    private void noteKeys(Planning planning, KeysTwice twice) throws IOException {
        try (Reading first = Reading.open(planning.drop(), settings.drops().limits())) {
            WholeCheck check = new WholeCheck(
                    planning.meaning(),
                    Optional.of(twice),
                    Optional.empty(),
                    settings.api().markerField());
            check.rows(first.rows());
        }
    }

    /** The next chunk: those of its operations whose changes are to be worked out. */
    public Planned nextChunk(Planning planning) {
        List<Operation> operations = planning.next().map(Chunk::operations).orElse(List.of());
        operations.forEach(operation -> planning.undo(operation, isUndoable(planning, operation)));
        return new Planned(operations.subList(0, planning.wanted(operations.size())), !planning.hasNames());
    }

    /** Begins to read the elements that its operations would change. */
    public Before beginRead(Planned chunk) {
        return new Before(chunk.operations);
    }

    private boolean isUndoable(Planning planning, Operation operation) {
        return settings.drops().undo().takesBack(operation, isRead(planning, operation));
    }

    /** Whether an element is read before it is changed, or was just now. */
    private static boolean isRead(Planning planning, Operation operation) {
        return ReadFirst.isNeeded(operation)
                || operation.element().isPresent()
                        && planning.isRead(operation.element().getAsLong());
    }

    public PageRequest nextPage(Before before) {
        return before.pages.next();
    }

    public void takePage(Before before, PageBody page) {
        before.pages.take(page);
    }

    /** Notes what the operations would change. */
    public void compareElements(Planning planning, Before before) {
        before.operations.forEach(operation -> compare(planning, operation, before.pages));
    }

    private void compare(Planning planning, Operation operation, ElementPages pages) {
        OptionalLong id = operation.element();
        Optional<Element> element = id.isPresent() ? pages.element(id.getAsLong()) : Optional.empty();
        if (id.isPresent() && element.isEmpty()) {
            if (!pages.isUntold(id.getAsLong())) {
                absent(planning, operation);
            }
            return;
        }
        ReadFirst.Found found = id.isPresent() ? ReadFirst.judge(operation, pages, false) : ReadFirst.unread(operation);
        if (found.ended().isPresent()) {
            Outcome ended = found.ended().get();
            if (ended.problem().isPresent()) {
                planning.reject(ended);
            } else {
                planning.unchanged();
            }
            return;
        }
        List<Change> changes =
                Changes.of(found.send().orElseThrow(), element, planning.names(), isUndoable(planning, operation));
        if (changes.isEmpty()) {
            planning.unchanged();
        }
        changes.forEach(planning::change);
    }

    private static void absent(Planning planning, Operation operation) {
        boolean adds = planning.meaning()
                .keyPlace()
                .filter(place -> place.gone() == KeyPlace.Gone.ADD)
                .isPresent();
        if (!operation.row().isInDrop()) {
            // Missing in a complete list, and deleted by someone else already.
            return;
        }
        if (adds && operation.action() == Action.UPDATE) {
            planning.again();
        } else {
            planning.absent();
        }
    }

    /** The whole of it. */
    public Plan buildPlan(Planning planning) {
        planning.reading().orElseThrow().verify();
        Planning.Counted counted = planning.counted();
        Drop drop = planning.drop();
        Plan plan = new Plan(
                drop.name(),
                drop.digest(),
                drop.format().word(),
                drop.shape(),
                planning.meaning().told(),
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
                planning.undo(settings.drops().undo().word()),
                counted.skipped(),
                planning.mapping().remarks(),
                counted.begun());
        planning.files()
                .ifPresent(files -> files.publish(
                        plan,
                        PlanText.of(
                                plan,
                                settings.api().requestsPerSecond(),
                                Optional.of(files.folder()),
                                PlanText.Hints.NONE)));
        return plan;
    }

    private static boolean isKeysUnread(Planning planning) {
        return planning.meaning().keyPlace().isPresent()
                && planning.keys().filter(KeyReader::isListKnown).isEmpty();
    }

    /** Why a load would refuse the drop, as far as its rows go. */
    private List<String> refusals(Planning planning, Planning.Counted counted) {
        List<String> refusals = new ArrayList<>();
        planning.missing().flatMap(PlannedMissing::refusal).ifPresent(refusals::add);
        RejectBudget budget = FileCheck.budget(planning.meaning(), settings);
        if (budget.isExceeded(counted.rejected(), counted.rows())) {
            refusals.add(counted.rejected() + " of " + Amount.of(counted.rows(), "row") + " would be rejected; "
                    + FileCheck.budgetBy(planning.meaning()) + " allows " + budget.words() + ".");
        }
        return refusals;
    }

    /** The first request need not wait. */
    private Duration leastTime(long requests) {
        double rate = settings.api().requestsPerSecond();
        return rate == 0 || requests == 0 ? Duration.ZERO : Duration.ofMillis((long) ((requests - 1) * 1000 / rate));
    }

    private Optional<String> loadedBefore(Drop drop) {
        return Journal.drops(settings.folders().state()).stream()
                .filter(known -> known.state() == Entry.State.DONE && Entrance.hasLoaded(known.counts()))
                .filter(known -> known.digest().equals(drop.digest()))
                .filter(known -> Recorded.of(known.settings()).isSameAccount(Recorded.ofAccount(settings)))
                .map(DropLine::folder)
                .reduce((first, last) -> last);
    }

    /** Ends the plan, however it went. */
    public void closeDrop(Exchange exchange) throws IOException {
        Planning planning = (Planning) exchange.removeProperty(PLANNING);
        if (planning != null) {
            if (planning.reading().isPresent()) {
                planning.reading().get().close();
            }
            if (planning.files().isPresent()) {
                planning.files().get().close();
            }
            planning.keys().ifPresent(KeyReader::close);
            planning.begun().ifPresent(BegunDrop::close);
        }
        incoming.release(exchange);
    }
}
