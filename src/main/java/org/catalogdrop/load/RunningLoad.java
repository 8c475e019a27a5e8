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
import org.catalogdrop.reconcile.StoredNameRules;
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
    private final StoredNameRules names;
    private final ElementLocks lanes = new ElementLocks();
    private final Set<Long> unmarkedLists = ConcurrentHashMap.newKeySet();

    /** Brings the rows before the resume point to the results, while the load continues. */
    interface Background {

        /** The value for a load that begins at the first row. */
        Background NONE = new Background() {};

        /** Returns how many rows it brings. */
        default long rows() {
            return 0;
        }

        /** Allows the start, because the first request has been answered, or there is none. */
        default void mayBegin() {}

        /** Ends it. It writes nothing more when this returns. */
        default void end() {}
    }

    /**
     * @param course records the load over time
     * @param order brings outcomes to the results in row order
     * @param chunkSize the current limit of operations in a request
     * @param doubtfulAdds the adds in doubt that earlier runs left
     * @param names what answered adds of all loads show about names
     */
    RunningLoad(
            CheckedDrop checked,
            Results results,
            Course course,
            OutcomeResequencer order,
            Background catchUp,
            ChunkSize chunkSize,
            InDoubtAddIndex doubtfulAdds,
            StoredNameRules names) {
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

    /** Returns its keys, if its rows are upserts. */
    public Optional<DropKeys> keys() {
        return checked.keys();
    }

    /** Returns whether missing elements are to be deleted when all its rows have been sent. */
    public boolean hasMissingElements() {
        return checked.missing().elements() > 0;
    }

    public Results results() {
        return results;
    }

    /** Returns the record of the load over time. */
    public Course course() {
        return course;
    }

    public OutcomeResequencer order() {
        return order;
    }

    /** Returns how many rows have an outcome, including those that wait for an earlier one before they are written. */
    public long settled() {
        // Rows before the resume point have an outcome, also while they are still on their way to the results.
        return Math.max(catchUp.rows(), results.counts().rows()) + order.waiting();
    }

    /** Returns the current limit of operations in a request. */
    public ChunkSize chunkSize() {
        return chunkSize;
    }

    public ElementLocks lanes() {
        return lanes;
    }

    public InDoubtAddIndex doubtfulAdds() {
        return doubtfulAdds;
    }

    /** Returns what its answered adds show about names. */
    public StoredNameRules names() {
        return names;
    }

    /** Returns lists whose highest element id could not be read; they are not read again. Safe for many threads. */
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

    /** Waits until the rows before the resume point are in the results. */
    public void awaitCatchUp() {
        catchUp.mayBegin();
        uninterrupted(order::awaitRelease);
    }

    /** Waits until all rows that were read are in the results. */
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
