package org.catalogdrop.load;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.catalogdrop.chunk.ChunkSize;
import org.catalogdrop.chunk.ElementLocks;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.reconcile.InDoubtAddIndex;
import org.catalogdrop.reconcile.StoredNames;
import org.catalogdrop.report.Course;
import org.catalogdrop.results.OutcomeResequencer;
import org.catalogdrop.results.Results;

/** A checked drop whose rows are being sent: where their outcomes go, and what its chunks share. Its parts are safe for many threads. */
public final class RunningLoad implements LoadPhase {

    private final CheckedDrop checked;
    private final Results results;
    private final Course course;
    private final OutcomeResequencer order;
    private final Background catchUp;
    private final ChunkSize chunkSize;
    private final InDoubtAddIndex doubtfulAdds;
    private final StoredNames names;
    private final ElementLocks lanes = new ElementLocks();
    private final Set<Long> unmarkedLists = ConcurrentHashMap.newKeySet();

    /** What brings the rows before the place where the load goes on to the results, beside the load. */
    interface Background {

        /** Of a load that goes on at the first row. */
        Background NONE = new Background() {};

        /** The first request has been answered, or there is none. */
        default void mayBegin() {}

        /** It writes nothing more when this returns. */
        default void end() {}
    }

    /**
     * @param course takes how it goes over time
     * @param order brings outcomes into the results
     * @param chunkSize how many operations a request may have by now
     * @param doubtfulAdds that earlier runs left
     * @param names what answered adds of all loads show
     */
    RunningLoad(
            CheckedDrop checked,
            Results results,
            Course course,
            OutcomeResequencer order,
            Background catchUp,
            ChunkSize chunkSize,
            InDoubtAddIndex doubtfulAdds,
            StoredNames names) {
        this.checked = checked;
        this.results = results;
        this.course = course;
        this.order = order;
        this.catchUp = catchUp;
        this.chunkSize = chunkSize;
        this.doubtfulAdds = doubtfulAdds;
        this.names = names;
        failure().listen(lanes::fail);
        failure().listen(order::fail);
    }

    @Override
    public OpenedDrop opened() {
        return checked.opened();
    }

    CheckedDrop checked() {
        return checked;
    }

    @Override
    public long rows() {
        return checked.rows();
    }

    /** Returns when the drop was opened, by the {@link org.catalogdrop.model.Stopwatch}. */
    public Instant began() {
        return opened().began();
    }

    /** Returns the keys of its rows, if they are upserts. */
    public Optional<DropKeys> keys() {
        return checked.keys();
    }

    /** Returns whether elements are to be deleted that the drop lacks, when all its rows have been sent. */
    public boolean hasMissingElements() {
        return checked.missing().elements() > 0;
    }

    public Results results() {
        return results;
    }

    /** Returns how it goes over time. */
    public Course course() {
        return course;
    }

    public OutcomeResequencer order() {
        return order;
    }

    /** Returns how many rows have their outcome, those included that wait for an earlier one before it is written. */
    public long settled() {
        return results.counts().rows() + order.waiting();
    }

    /** Returns how many operations a request may have by now. */
    public ChunkSize chunkSize() {
        return chunkSize;
    }

    public ElementLocks lanes() {
        return lanes;
    }

    public InDoubtAddIndex doubtfulAdds() {
        return doubtfulAdds;
    }

    /** Returns what its answered adds show of names. */
    public StoredNames names() {
        return names;
    }

    /** Lists of which the highest element id could not be read; they are not asked for again. Safe for many threads. */
    public Set<Long> unmarkedLists() {
        return unmarkedLists;
    }

    /** @param repeated whether its operations were sent before */
    public void countSent(boolean repeated) {
        opened().requests().countSent(repeated);
    }

    public void allowCatchUp() {
        catchUp.mayBegin();
    }

    /** Waits until the rows before the place where it goes on have come to the results. */
    public void awaitCatchUp() {
        catchUp.mayBegin();
        uninterrupted(order::awaitRelease);
    }

    /** Waits until all rows that were read have come to the results. */
    void awaitOutcomes() {
        catchUp.mayBegin();
        uninterrupted(order::awaitAll);
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

    @Override
    public void close() throws IOException {
        catchUp.end();
        results.close();
        checked.close();
    }
}
