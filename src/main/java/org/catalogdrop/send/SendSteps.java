package org.catalogdrop.send;

import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.kommo.RequestFactory;
import org.catalogdrop.load.DropMarkers;
import org.catalogdrop.load.LoadFailure;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Stopwatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of the route {@code catalog-send-chunk}. Safe for many threads. */
public final class SendSteps {

    private static final Logger LOG = LoggerFactory.getLogger(SendSteps.class);

    /** The number of consecutive tries after which the API counts as away. */
    private static final int TRIES = 6;

    /** The number of consecutive "too many requests" in spite of the pauses after which the run stops, before the account is blocked. */
    private static final int TRIES_WHEN_WARNED = 4;

    private final Supplier<Journal> journal;
    private final RequestFactory requests;
    private final ReconcileSteps doubts;
    private final InFlight inFlight;
    private final PreReadSteps firstReads;
    private final DropMarkers markers;
    private final StaleUpdates stale;
    private final WatermarkSteps listMarks;

    public SendSteps(
            Supplier<Journal> journal,
            ReconcileSteps doubts,
            ClockSkew clocks,
            InFlight inFlight,
            PreReadSteps firstReads,
            DropMarkers markers,
            WatermarkSteps listMarks) {
        this.listMarks = listMarks;
        this.markers = markers;
        this.firstReads = firstReads;
        this.journal = journal;
        this.requests = new RequestFactory(clocks);
        this.stale = new StaleUpdates(clocks);
        this.doubts = doubts;
        this.inFlight = inFlight;
    }

    /** Returns chunks that are handed out only while there is room for them in flight. */
    public Iterator<Chunk> admitChunks(RunningLoad load, Iterator<Chunk> chunks) {
        return new ChunkFeed(load, chunks, inFlight);
    }

    public ChunkDelivery beginDelivery(RunningLoad load, Chunk chunk) {
        return new ChunkDelivery(load, chunk, firstReads.isNeeded(chunk));
    }

    /** Returns what the route has to do next for a chunk. It is one word, since Camel asks for each condition by a call of its own. */
    public String nextStep(ChunkDelivery sending) {
        if (!sending.isUnfinished()) {
            return "end";
        }
        if (sending.hasReplacement()) {
            return "replace";
        }
        if (sending.hasRowsInDoubt()) {
            return "look-up";
        }
        if (sending.needsPreRead()) {
            return "read-first";
        }
        return listMarks.isWatermarkMissing(sending) ? "mark-lists" : "send";
    }

    /** Records the intent: what is about to be sent. Before a retry it waits, longer each time. */
    public Intent recordIntent(ChunkDelivery sending) throws InterruptedException {
        if (!sending.isRead()) {
            inFlight.restBeforeTry(sending);
            if (sending.isToBeCut()) {
                inFlight.awaitAnother(sending.load());
            }
        }
        Chunk next = sending.nextChunk();
        if (next.action() == Action.ADD) {
            markers.of(sending.load().entry().id());
        }
        doubts.made().intended(next);
        doubts.noteClocks(sending.load());
        Intent intent = journal.get()
                .intend(sending.load().entry().id(), next, sending.befores(), sending.isRepeated(), doubts.marks(next));
        if (firstReads.isFirstLost(next, sending.load())) {
            LOG.info(
                    "{}: an element is changed whose former values are not kept, so an undo cannot restore them (drop.undo={})."
                            + " Set drop.undo=full to keep the former values of all elements. This is reported once.",
                    sending.load().displayName(),
                    firstReads.undo().word());
        }
        sending.load().countSent(sending.sent());
        sending.load().course().sent(next.size());
        return intent;
    }

    /** Returns the document to send, as its bytes. */
    public byte[] buildRequest(Intent intent) {
        boolean adds = intent.chunk().action() == Action.ADD;
        return requests.of(intent, adds ? markers.of(intent.drop()) : Optional.empty());
    }

    /** Settles rows: records the answer in the journal, and passes it to the results. */
    public void settleRows(ChunkDelivery sending, Intent intent, Answer said) {
        sending.load().allowCatchUp();
        VanishedElements gone = judge(sending, sending.asAsked(said));
        Answer answer = gone.rest();
        doubts.noteClocks(sending.load());
        journal.get().settleSoon(intent, gone.journaled());
        sending.recordGone(gone.updates());
        sending.learn(answer);
        sending.take(answer, intent.at(), Stopwatch.now());
        // Before adds may go on: the next look-up must know of these.
        doubts.made(answer);
        answer.settled().forEach(sending.load().names()::settled);
        sending.load().doubtfulAdds().add(answer.doubtful());
        doubts.addEnds(sending);
        sending.load().order().putAll(answer.settled());
        sending.load().course().settled(answer.settled().size());
        answer.halt().ifPresent(problem -> sending.load().failure().fail(new RunHalted(problem)));
        if (answer.halt().isEmpty() && answer.why().isPresent()) {
            LOG.warn("{}: {}", sending.load().displayName(), answer.why().get().message());
        }
        if (sending.isUnfinished() && sending.tries() >= (isWarned(sending) ? TRIES_WHEN_WARNED : TRIES)) {
            String last = sending.lastProblem().map(p -> p.message()).orElse("");
            Code code = sending.lastProblem()
                    .map(p -> p.code())
                    .filter(c -> c.scope() == Code.Scope.RUN)
                    .orElse(Code.API_AWAY);
            sending.load()
                    .failure()
                    .fail(new RunHalted(
                            code,
                            "the API did not accept a request in " + sending.tries() + " tries; the last time: "
                                    + last));
        }
    }

    /** Returns what an answer means for the rows that it refuses. An answer without a problem means what it says. */
    private VanishedElements judge(ChunkDelivery sending, Answer answer) {
        return answer.hasProblem()
                ? VanishedElements.of(
                        sending.load(), sending.asked(), stale.sentAgain(sending, sending.decided(answer)))
                : VanishedElements.none(answer);
    }

    /** Waits until no update of the chunk can be applied late, which would undo a later row of the same element. */
    public void awaitUpdatesSettled(ChunkDelivery sending) throws InterruptedException {
        Duration left = Duration.between(Stopwatch.now(), doubts.updatedAt(sending));
        if (!left.isNegative() && !left.isZero()) {
            inFlight.rest(sending.load(), left);
        }
    }

    /** Begins the delivery of the chunk that replaces one whose elements were deleted. */
    public ChunkDelivery beginReplacement(ChunkDelivery sending) {
        sending.load().lanes().leave(sending.chunk());
        return sending.next(gone -> again(sending.load(), gone), firstReads::isNeeded);
    }

    /** Returns what to send for rows whose elements were deleted. A row whose key two elements have by now ends here. */
    private List<Chunk> again(RunningLoad load, List<Operation.Update> gone) {
        DropKeys.Again again = load.keys().orElseThrow().again(gone);
        if (!again.refused().isEmpty()) {
            List<Operation> over = again.refused().stream()
                    .flatMap(outcome -> outcome.asked().stream())
                    .toList();
            journal.get()
                    .lookedUp(
                            load.entry().id(),
                            new Chunk(Action.ADD, over, Optional.empty()),
                            new Answer(again.refused(), List.of(), List.of(), Optional.empty(), Optional.empty()));
            load.order().putAll(again.refused());
        }
        return again.chunks();
    }

    private static boolean isWarned(ChunkDelivery sending) {
        return sending.lastProblem()
                .filter(problem -> problem.code() == Code.TOO_MANY_REQUESTS)
                .isPresent();
    }

    /** Fails the load: nothing more of it is sent. Rows with an intent and no settlement are in doubt. */
    public void failLoad(RunningLoad load, Exception reason) {
        if (reason instanceof InterruptedException) {
            load.failure().fail(LoadFailure.interrupted());
        } else {
            load.failure().fail(reason instanceof RuntimeException fault ? fault : new IllegalStateException(reason));
        }
    }

    /** Ends a delivery: the chunk is answered, or the load has ended. Its elements are free for later rows. */
    public void endDelivery(ChunkDelivery sending) {
        doubts.addEnds(sending);
        doubts.end(sending);
        listMarks.endRead(sending);
        sending.load().lanes().leave(sending.chunk());
        inFlight.leave();
    }
}
