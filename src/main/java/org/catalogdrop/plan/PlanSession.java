package org.catalogdrop.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.chunk.ElementLocks;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.journal.BegunDrop;
import org.catalogdrop.journal.KeyReader;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.kommo.read.FieldNames;
import org.catalogdrop.load.DropPass;
import org.catalogdrop.load.PassReader;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.UndoCount;
import org.catalogdrop.report.ProblemGroups;
import org.catalogdrop.resolve.ResolvedMapping;
import org.catalogdrop.results.PlanFiles;

/** The state of a dry run, shared by its steps. Used by one thread. */
public final class PlanSession implements DropPass {

    private final Drop drop;
    private final PassReader reader;
    private final int sample;
    private ResolvedMapping meaning;
    private Optional<Mapping> mapping = Optional.empty();
    private final Optional<PlanFiles> files;
    private final ElementLocks lanes = new ElementLocks();
    private final Map<Action, Long> byAction = new EnumMap<>(Action.class);
    private final List<Outcome> rejects = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private Optional<KeyReader> keys = Optional.empty();
    private Optional<PlannedMissing> missing = Optional.empty();
    private Optional<Iterator<Chunk>> chunks = Optional.empty();
    private Optional<FieldNames> names = Optional.empty();
    private boolean ended;
    private int lookedAt;
    private int shownRows;
    private long rows;
    private long rejected;
    private long requests;
    private long unchanged;
    private long absent;
    private long again;
    private final UndoCount.Counter undo = new UndoCount.Counter();
    private final ProblemGroups causes = new ProblemGroups();
    private long skipped;
    private boolean readingList;
    private Optional<BegunDrop> begun = Optional.empty();
    private long done;
    private long inDoubt;

    /**
     * @param limits of its reading
     * @param sample how many rejects, and how many rows with their changes, are kept to be shown
     * @param files take all of them
     */
    PlanSession(Drop drop, ResolvedMapping meaning, ReadLimits limits, int sample, Optional<PlanFiles> files) {
        this.drop = drop;
        this.reader = new PassReader(drop, limits);
        this.meaning = meaning;
        this.sample = sample;
        this.files = files;
    }

    @Override
    public Drop drop() {
        return drop;
    }

    @Override
    public PassReader reader() {
        return reader;
    }

    public boolean isUnfinished() {
        return !ended;
    }

    /** Returns whether the account must be asked for the ids of the mapping's names. */
    public boolean hasUnresolvedNames() {
        return meaning.isUnnamed();
    }

    /** Returns the names of the account's fields. */
    FieldNames names() {
        return names.orElse(FieldNames.NONE);
    }

    boolean hasNames() {
        return names.isPresent();
    }

    void names(FieldNames known) {
        names = Optional.of(known);
    }

    ResolvedMapping meaning() {
        return meaning;
    }

    void means(ResolvedMapping named) {
        meaning = named;
    }

    /** Returns the mapping for the pass over the rows. */
    Mapping mapping() {
        if (mapping.isEmpty()) {
            mapping = Optional.of(meaning.mapping());
        }
        return mapping.get();
    }

    ElementLocks lanes() {
        return lanes;
    }

    /** Returns the keys known so far, if the rows are upserts. */
    Optional<KeyReader> keys() {
        return keys;
    }

    void setKeys(KeyReader known) {
        keys = Optional.of(known);
    }

    /** Records that a row's key is not known for certain: a load would read the list before it sends this row or a later one. */
    void readsList() {
        readingList = true;
    }

    /** Returns whether a load that sends a row now has read its element, either just before or when it read the list. */
    boolean isRead(long element) {
        return keys.filter(known -> known.isRead(element) || (readingList && known.isReadAgain(element)))
                .isPresent();
    }

    /** Returns the elements missing from the drop, if its rows are upserts. */
    Optional<PlannedMissing> missing() {
        return missing;
    }

    void setKeys(PlannedMissing lacks) {
        missing = Optional.of(lacks);
    }

    Optional<PlanFiles> files() {
        return files;
    }

    void cutInto(Iterator<Chunk> given) {
        chunks = Optional.of(given);
    }

    /** Returns the next chunk that would be sent; empty at the end. */
    Optional<Chunk> next() {
        Iterator<Chunk> left = chunks.orElseThrow();
        if (!left.hasNext()) {
            ended = true;
            return Optional.empty();
        }
        Chunk chunk = left.next();
        lanes.leave(chunk);
        requests++;
        byAction.merge(chunk.action(), (long) chunk.size(), Long::sum);
        return Optional.of(chunk);
    }

    void row() {
        rows++;
    }

    void reject(Outcome outcome) {
        rejected++;
        causes.add(outcome);
        if (rejects.size() < sample) {
            rejects.add(outcome);
        }
        files.ifPresent(all -> all.reject(outcome));
    }

    /**
     * Returns how many more operations are compared with their elements: all of them if there are files for the changes, else only the
     * first few.
     */
    int wanted(int there) {
        int wanted = files.isPresent() ? there : Math.min(there, sample - lookedAt);
        lookedAt += files.isPresent() ? 0 : wanted;
        return wanted;
    }

    /** Counts an operation as one that can or cannot be taken back. */
    void undo(Operation operation, boolean isPossible) {
        undo.add(operation.action(), isPossible);
    }

    /** Returns how much of the load could be taken back. */
    UndoCount undo(String setting) {
        return undo.count(setting);
    }

    /** Takes a change of a row. A row is shown with all its changes or not at all. */
    void change(Change change) {
        boolean isNextRow = changes.isEmpty() || changes.get(changes.size() - 1).row() != change.row();
        if (!isNextRow || shownRows < sample) {
            changes.add(change);
            shownRows += isNextRow ? 1 : 0;
        }
        files.ifPresent(all -> all.change(change));
    }

    void unchanged() {
        unchanged++;
    }

    void absent() {
        absent++;
    }

    /** Counts a row that would add its element again, because the element of a known key was deleted. */
    void again() {
        again++;
    }

    /** Counts a row that is skipped. */
    void skip() {
        skipped++;
    }

    /** Records that a load of the drop has begun. */
    void begins(BegunDrop journaled) {
        begun = Optional.of(journaled);
    }

    Optional<BegunDrop> begun() {
        return begun;
    }

    /** Returns whether a row is still to be sent, and counts it if it was sent before. Call it once for each row, in order. */
    boolean isLeft(long row) {
        RowState state = begun.<RowState>map(one -> one.state(row)).orElse(new RowState.Open());
        done += state instanceof RowState.Settled ? 1 : 0;
        inDoubt += state instanceof RowState.Doubtful ? 1 : 0;
        return state instanceof RowState.Open;
    }

    /** Returns why rows would be rejected, the most frequent cause first. */
    List<Plan.Cause> causes() {
        return causes.groups().stream()
                .map(group -> new Plan.Cause(group.code(), group.column(), group.count(), group.message()))
                .toList();
    }

    /** Returns the counts. */
    Counted counted() {
        return new Counted(
                rows,
                rejected,
                requests,
                unchanged,
                absent,
                again,
                skipped,
                byAction,
                rejects,
                changes,
                new Plan.Begun(done, inDoubt));
    }

    /** The counts of a plan, and the first rejects and changes. */
    record Counted(
            long rows,
            long rejected,
            long requests,
            long unchanged,
            long absent,
            long again,
            long skipped,
            Map<Action, Long> byAction,
            List<Outcome> rejects,
            List<Change> changes,
            Plan.Begun begun) {}
}
