package org.catalogdrop.send;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.journal.Watermark;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.kommo.TrafficStats;
import org.catalogdrop.kommo.read.ListWatermarks;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.kommo.read.PageRequest;
import org.catalogdrop.kommo.throttle.AdmissionGate;
import org.catalogdrop.load.DropMarkers;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Stopwatch;
import org.catalogdrop.reconcile.AddReconciliation;
import org.catalogdrop.reconcile.ChangeReconciliation;
import org.catalogdrop.reconcile.OwnElements;
import org.catalogdrop.reconcile.OwnUsers;
import org.catalogdrop.reconcile.RecentWrites;
import org.catalogdrop.reconcile.Reconciliation;
import org.catalogdrop.reconcile.ReconciliationContext;
import org.catalogdrop.reconcile.StoredNameRules;

/**
 * The steps of the route {@code catalog-look-up}. While one chunk is looked up, no add of ours is under way: its element could otherwise
 * be taken for that of an equal row in doubt. Safe for many threads.
 */
public final class ReconcileSteps {

    private static final int ALL = Integer.MAX_VALUE;

    private final Supplier<Journal> journal;
    private final Duration wait;
    private final InstantSource clock;
    private final ClockSkew clocks;
    private final ClockNotes notes;
    private final TrafficStats traffic;
    private final InFlight inFlight;
    private final DropMarkers markers;
    private final RecentWrites made;
    private final OwnUsers users = new OwnUsers();
    private final ListWatermarks marks;
    private final Semaphore quiet = new Semaphore(ALL, true);

    public ReconcileSteps(
            Supplier<Journal> journal,
            Duration wait,
            InstantSource clock,
            ClockSkew clocks,
            ListWatermarks marks,
            InFlight inFlight,
            DropMarkers markers,
            TrafficStats traffic) {
        this.traffic = traffic;
        this.marks = marks;
        this.markers = markers;
        this.journal = journal;
        this.wait = wait;
        this.clock = clock;
        this.clocks = clocks;
        this.notes = new ClockNotes(journal, clocks);
        this.made = new RecentWrites();
        this.inFlight = inFlight;
    }

    /** Records the clock skew, so that it is as durable as what is dated by the clocks. */
    void noteClocks(RunningLoad load) {
        notes.take(load);
    }

    /** Returns what this process has recently made and deleted. */
    RecentWrites made() {
        return made;
    }

    /** Returns when no update of a chunk can be applied any more. */
    Instant updatedAt(ChunkDelivery sending) {
        return sending.updatedAt(wait);
    }

    /**
     * Returns a gate that holds an add back during a look-up, until the moment it leaves: an add that only waits for its turn makes no
     * element.
     */
    public AdmissionGate gateAdds(ChunkDelivery sending) {
        return sending.chunk().action() == Action.ADD ? new AddGate(sending) : AdmissionGate.OPEN;
    }

    private final class AddGate implements AdmissionGate {

        private final ChunkDelivery sending;

        AddGate(ChunkDelivery sending) {
            this.sending = sending;
        }

        @Override
        public boolean enter() throws InterruptedException {
            if (sending.isAdding()) {
                return true;
            }
            // Not the method that overtakes others: a look-up must get its turn.
            boolean passed = quiet.tryAcquire(0, TimeUnit.SECONDS);
            if (passed) {
                sending.adding(Optional.of(clock.instant()));
                sending.leaves(marks.of(sending.chunk()));
            }
            return passed;
        }

        @Override
        public void await() throws InterruptedException {
            quiet.acquire();
            quiet.release();
        }
    }

    /** Records that an add has been answered. */
    void addEnds(ChunkDelivery sending) {
        if (sending.isAdding()) {
            sending.adding(Optional.empty());
            quiet.release();
        }
    }

    /** Begins a look-up of the operations of a chunk that are in doubt. */
    public Reconciliation beginLookUp(ChunkDelivery sending) throws InterruptedException {
        traffic.reconciliationBegun();
        if (sending.chunk().doubtSince().isPresent() && isChangeable(sending.doubtfulChunk())) {
            // Rows that an earlier run has settled show how the API stores such names.
            sending.load().awaitCatchUp();
        }
        quiet.acquire(ALL);
        sending.looking(true);
        notes.recall(sending.load());
        Chunk chunk = sending.doubtfulChunk();
        Instant calm = sending.calmAt(wait);
        // It is not known when an earlier load sent its rows: before this load at the latest, even if it was in this
        // process.
        Instant began = sending.load().began();
        Instant settled = calm.isBefore(began) ? began.plus(wait) : calm;
        RunningLoad load = sending.load();
        Watermark mark = mark(sending, chunk);
        if (chunk.action() != Action.ADD) {
            return new ChangeReconciliation(chunk);
        }
        return new AddReconciliation(
                chunk,
                settled,
                new ReconciliationContext(
                        () -> ours(mark),
                        load.doubtfulAdds(),
                        made,
                        VanishedElements.rekeysAdds(load, sending.chunk()),
                        users,
                        sending.chunk().doubtSince().isPresent(),
                        load.names(),
                        markers.of(load.entry().id())),
                clocks);
    }

    private static boolean isChangeable(Chunk chunk) {
        return chunk.operations().stream()
                .anyMatch(operation ->
                        operation instanceof Operation.Add add && StoredNameRules.isChangeable(add.name()));
    }

    private OwnElements ours(Watermark mark) {
        return new OwnElements(journal.get().claimedAfter(mark.after()), mark.highest());
    }

    /** Returns the watermark. What this process has sent left later than its intent. */
    private Watermark mark(ChunkDelivery sending, Chunk chunk) {
        Watermark mark = journal.get().watermark(sending.load().entry().id(), chunk);
        return sending.marks()
                .map(highest -> new Watermark(highest, mark.after()))
                .orElse(mark);
    }

    /** Returns what was seen of the lists that a chunk goes to. */
    Map<Long, Long> marks(Chunk chunk) {
        return marks.of(chunk);
    }

    /** Learns from what adds have made. */
    void made(Answer answer) {
        made.settled(answer.settled());
        marks.settled(answer.settled());
    }

    /** Waits if necessary, and lets adds go on meanwhile; returns the next page. */
    public PageRequest nextPage(ChunkDelivery sending, Reconciliation look) throws InterruptedException {
        Duration pause = look.pause(Stopwatch.now());
        if (!pause.isZero()) {
            // Others need not wait as well. What they make meanwhile is known to be ours at the second look.
            end(sending);
            inFlight.rest(sending.load(), pause);
            quiet.acquire(ALL);
            sending.looking(true);
            look.resumed();
        }
        return look.next();
    }

    /** Takes the user whom the account names as ours; 0 if it names none. */
    public void takeUser(Reconciliation look, long user) {
        users.take(user);
        look.userTold();
    }

    public void takePage(Reconciliation look, PageBody page) {
        look.take(page);
    }

    /** Records the result of the look-up, and passes it to the results. */
    public void reconcileRows(ChunkDelivery sending, Reconciliation look) {
        Chunk chunk = sending.doubtfulChunk();
        VanishedElements gone = VanishedElements.of(
                        sending.load(), chunk.operations(), sending.decidedByLook(seen(sending, chunk, look)))
                .withRekeyedAdds(sending.load(), sending.chunk());
        Answer answer = gone.rest();
        journal.get().lookedUp(sending.load().entry().id(), chunk, gone.journaled());
        made(answer);
        sending.recordGone(gone.updates());
        sending.load().doubtfulAdds().remove(chunk.operations());
        sending.load()
                .doubtfulAdds()
                .end(answer.settled().stream()
                        .filter(outcome -> outcome.status() == Status.IN_DOUBT)
                        .flatMap(outcome -> outcome.asked().stream()));
        sending.lookedUp(answer);
        sending.load().order().putAll(answer.settled());
        end(sending);
    }

    /** Returns the result of the look-up, with superseded rows in doubt. */
    private Answer seen(ChunkDelivery sending, Chunk chunk, Reconciliation look) {
        Answer answer = look.judge();
        return chunk.action() == Action.ADD
                ? answer
                : SupersededRows.of(
                        answer, journal.get().laterRows(sending.load().entry().id(), chunk));
    }

    /** Lets adds go on. */
    void end(ChunkDelivery sending) {
        if (sending.looking(false)) {
            quiet.release(ALL);
        }
    }
}
