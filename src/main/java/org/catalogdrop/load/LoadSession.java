package org.catalogdrop.load;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.catalogdrop.chunk.ChunkSize;
import org.catalogdrop.chunk.ElementLocks;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.csv.CsvPlace;
import org.catalogdrop.journal.DropEntry;
import org.catalogdrop.journal.InDoubtAddCounts;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Stopwatch;
import org.catalogdrop.model.Target;
import org.catalogdrop.reconcile.InDoubtAddIndex;
import org.catalogdrop.reconcile.StoredNames;
import org.catalogdrop.resolve.RecordedSettings;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.OutcomeResequencer;
import org.catalogdrop.results.RequestCounts;
import org.catalogdrop.results.Results;

/** One drop being loaded: what its verbs share. */
public final class LoadSession implements DropPass {

    /** The variable of the exchange that has it, on all routes of the load. */
    public static final String VARIABLE = "catalog-load";

    private final Drop drop;
    private final Instant started;
    private final Instant began = Stopwatch.now();
    private final boolean fromInbox;
    private final ElementLocks lanes = new ElementLocks();
    private final RequestCounter requests;
    private final LoadFailure failure;
    private volatile DropEntry entry;
    private volatile ResolvedMapping meaning;
    private volatile Optional<DropReader> reading = Optional.empty();
    private volatile Optional<Results> results = Optional.empty();
    private volatile Optional<OutcomeResequencer> order = Optional.empty();
    private volatile Optional<ChunkSize> chunkSize = Optional.empty();
    private volatile InDoubtAddIndex doubtfulAdds = new InDoubtAddIndex(Map.of(), Map.of());
    private volatile Optional<DropKeys> keys = Optional.empty();
    private volatile StoredNames names = new StoredNames();
    private final Set<Long> unmarkedLists = ConcurrentHashMap.newKeySet();
    private volatile Missing missing = Missing.NONE;
    private volatile long rowsInDrop;
    private volatile Optional<CsvPlace> place = Optional.empty();
    private volatile Optional<Background> catchUp = Optional.empty();
    private volatile long rows;

    /** @param fromInbox whether the drop still has to leave the inbox when its results are in place */
    LoadSession(Drop drop, DropEntry entry, ResolvedMapping meaning, Instant started, boolean fromInbox) {
        this.meaning = meaning;
        this.fromInbox = fromInbox;
        this.drop = drop;
        this.entry = entry;
        this.started = started;
        this.rows = entry.rows();
        this.requests = new RequestCounter(entry);
        this.failure = new LoadFailure(drop.digest());
        failure.listen(lanes::fail);
    }

    @Override
    public Drop drop() {
        return drop;
    }

    /** Returns the drop's name as a log line shows it. */
    public String words() {
        return NormalizedName.show(drop.name());
    }

    /** Returns whether an earlier run gave its results their place, so that nothing is left but to put it away. */
    boolean isPublished() {
        return entry.state() == DropEntry.State.PUBLISHED;
    }

    /** Returns whether the whole file is still to be checked before its first row is sent; of upserts each run must know which keys stand twice. */
    public boolean needsCheck() {
        return !isPublished() && (rows < 0 || (meaning.keyPlace().isPresent() && keys.isEmpty()));
    }

    /** Returns whether the account has to be asked what the names of the mapping or the columns stand for. */
    public boolean hasUnresolvedNames() {
        return !isPublished() && meaning.isUnnamed();
    }

    /** Returns the keys of its rows, if they are upserts. */
    public Optional<DropKeys> keys() {
        return keys;
    }

    void setKeys(DropKeys known) {
        keys = Optional.of(known);
    }

    /** The drop is a complete list, or none, and lacks this. */
    void setMissing(Missing found, long counted) {
        missing = found;
        rowsInDrop = counted;
    }

    /** Returns what it lacks. */
    Missing missing() {
        return missing;
    }

    /** Returns whether elements are to be deleted that it lacks, when all its rows have been sent. */
    public boolean hasMissingElements() {
        return missing.elements() > 0 && results.isPresent();
    }

    /** Returns how many rows it has itself. */
    long rowsInDrop() {
        return rowsInDrop;
    }

    public ResolvedMapping meaning() {
        return meaning;
    }

    /** Its rows mean this, and the journal knows. */
    void setMapping(ResolvedMapping known, DropEntry place) {
        meaning = known;
        entry = place;
        rows = place.rows();
    }

    boolean isFromInbox() {
        return fromInbox;
    }

    public DropEntry entry() {
        return entry;
    }

    Instant started() {
        return started;
    }

    /** Returns the same by the {@link Stopwatch}. */
    public Instant began() {
        return began;
    }

    public ElementLocks lanes() {
        return lanes;
    }

    /** Returns how many rows its results will have, those included that stand for what it lacks; below 0 while that is not known. */
    public long rows() {
        return rows;
    }

    void setRows(long counted) {
        rows = counted;
    }

    @Override
    public Optional<DropReader> reading() {
        return reading;
    }

    @Override
    public void setReading(DropReader pass) {
        reading = Optional.of(pass);
    }

    /** Returns where it goes on, if not at the first row. */
    Optional<CsvPlace> place() {
        return place;
    }

    void setPlace(Optional<CsvPlace> known) {
        place = known;
    }

    /** What brings the rows before the place where the load goes on to the results, beside the load. */
    interface Background {

        /** The first request has been answered, or there is none. */
        void mayBegin();

        /** It writes nothing more when this returns. */
        void end();
    }

    void setCatchUp(Background begun) {
        catchUp = Optional.of(begun);
    }

    /** Waits until all rows that were read have come to the results. */
    void awaitOutcomes() {
        catchUp.ifPresent(Background::mayBegin);
        order.ifPresent(inOrder -> uninterrupted(inOrder::awaitAll));
    }

    /** Waits until the rows before the place where it goes on have come to the results. */
    public void awaitCatchUp() {
        catchUp.ifPresent(Background::mayBegin);
        uninterrupted(order()::awaitRelease);
    }

    void endCatchUp() {
        catchUp.ifPresent(Background::end);
    }

    private interface Wait {
        void begin() throws InterruptedException;
    }

    private static void uninterrupted(Wait wait) {
        try {
            wait.begin();
        } catch (InterruptedException stopped) {
            throw LoadFailure.interrupted();
        }
    }

    public Optional<Results> results() {
        return results;
    }

    /** Returns how many rows have their outcome, those included that wait for an earlier one before it is written. */
    public long settled() {
        long written = results.map(files -> files.counts().rows()).orElse(0L);
        return written + order.map(OutcomeResequencer::waiting).orElse(0);
    }

    public OutcomeResequencer order() {
        return order.orElseThrow();
    }

    boolean hasRows() {
        return order.isPresent();
    }

    void setResults(Results files, OutcomeResequencer inOrder) {
        results = Optional.of(files);
        order = Optional.of(inOrder);
        failure.listen(inOrder::fail);
    }

    /** Returns how many operations a request may have by now. */
    public ChunkSize chunkSize() {
        return chunkSize.orElseThrow();
    }

    void setChunkSize(ChunkSize learned) {
        chunkSize = Optional.of(learned);
    }

    /** Lists of which the highest element id could not be read; they are not asked for again. Safe for many threads. */
    public Set<Long> unmarkedLists() {
        return unmarkedLists;
    }

    /** Returns what its answered adds show of names. */
    public StoredNames names() {
        return names;
    }

    /** What answered adds of all loads show. */
    void setNames(StoredNames known) {
        names = known;
    }

    public InDoubtAddIndex doubtfulAdds() {
        return doubtfulAdds;
    }

    void setInDoubtAdds(InDoubtAddCounts known) {
        doubtfulAdds = new InDoubtAddIndex(known.open(), known.ended());
    }

    public void countSent(boolean repeated) {
        requests.countSent(repeated);
    }

    public void allowCatchUp() {
        catchUp.ifPresent(Background::mayBegin);
    }

    public long requests() {
        return requests.requests();
    }

    /** A request that only reads goes out. */
    public void countRead() {
        requests.countRead();
    }

    /** Returns what it has cost so far. */
    RequestCounts cost() {
        return requests.counts(started);
    }

    /** Returns where its rows go. */
    Target target() {
        return new Target(RecordedSettings.of(entry.settings()).account().orElse(""), meaning.list());
    }

    LoadFailure ending() {
        return failure;
    }

    /** Nothing more is sent: the first reason given stands. Wakes whoever waits. */
    public void fail(RuntimeException fault) {
        failure.fail(fault);
    }

    /** Waits; ends with the failure as soon as there is one. */
    public void pause(Duration time) throws InterruptedException {
        failure.pause(time);
    }

    public Optional<RuntimeException> failure() {
        return failure.reason();
    }
}
