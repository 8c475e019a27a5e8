package org.catalogdrop.send;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Advice;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.BeforeImage;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;

/**
 * The delivery of a chunk: which of its operations are still open, in which parts they are sent, and which of them are in doubt. Doubts
 * are settled before the next part is sent. Used by one thread.
 */
public final class ChunkDelivery {

    private final RunningLoad load;
    private final Chunk chunk;
    private final boolean readFirst;
    private final BisectionQueue parts = new BisectionQueue();
    private SubChunk part;
    private List<Operation> doubtful = List.of();
    private boolean refused;
    private int ceilingBefore;
    private Instant lastSent = Instant.EPOCH;
    private Instant lastLost = Instant.EPOCH;
    private Optional<Problem> lastProblem = Optional.empty();
    private int tries;
    private int rowsSent;
    private Optional<Instant> adding = Optional.empty();
    private Optional<Map<Long, Long>> marks = Optional.empty();
    private boolean looking;
    private boolean marking;
    private final List<Operation.Update> gone = new ArrayList<>();
    private final List<Chunk> later = new ArrayList<>();
    private final Set<Long> stale = new HashSet<>();

    /** @param readFirst whether elements of it must be read before it is sent */
    ChunkDelivery(RunningLoad load, Chunk chunk, boolean readFirst) {
        this.load = load;
        this.chunk = chunk;
        this.readFirst = readFirst;
        this.part = SubChunk.fresh(chunk.operations());
        if (chunk.doubtSince().isPresent()) {
            part = part.sentBefore().doubtful(chunk.doubtSince().get());
            doubtful = chunk.operations();
            lost(load.began()); // at the latest
        } else if (chunk.size() > 0) {
            parts.add(part);
        }
    }

    public boolean isUnfinished() {
        return !load.failure().isFailed() && !(isSaid() && !hasReplacement());
    }

    /** Returns whether the delivery of this chunk is complete. */
    private boolean isSaid() {
        return parts.isEmpty() && doubtful.isEmpty() && !isRead();
    }

    /** Returns whether elements must be read before the next part is sent. */
    public boolean needsPreRead() {
        return (readFirst || !stale.isEmpty()) && !parts.isEmpty() && !isRead() && doubtful.isEmpty();
    }

    /** Returns whether the delivery is complete but another chunk replaces this one, because its elements were deleted. */
    public boolean hasReplacement() {
        return isSaid() && !(gone.isEmpty() && later.isEmpty());
    }

    /** Records that the API refused this operation as older than its element, which is read before the operation is sent again. */
    void stale(Operation operation) {
        stale.add(operation.row().number());
    }

    /** Returns whether it was refused for that before. */
    boolean isStale(Operation operation) {
        return stale.contains(operation.row().number());
    }

    /** Records operations whose element no longer exists. */
    void recordGone(List<Operation.Update> updates) {
        gone.addAll(updates);
    }

    /** Returns the delivery of the chunk that replaces this one. */
    ChunkDelivery next(Function<List<Operation.Update>, List<Chunk>> again, Predicate<Chunk> isReadFirst) {
        later.addAll(gone.isEmpty() ? List.of() : again.apply(gone));
        Chunk first = later.isEmpty() ? new Chunk(chunk.action(), List.of(), Optional.empty()) : later.remove(0);
        ChunkDelivery next = new ChunkDelivery(load, first, isReadFirst.test(first));
        next.later.addAll(later);
        return next;
    }

    /** Returns whether something must be read back before anything is sent again. */
    public boolean hasRowsInDoubt() {
        return !doubtful.isEmpty();
    }

    /** Returns whether the operations being sent may have been applied before. */
    public boolean isRepeated() {
        return part.doubtSince().isPresent();
    }

    /** Returns the rows of its last request, for a log line. */
    public String describe() {
        return Plural.of(rowsSent, "row") + " to " + chunk.action().word();
    }

    RunningLoad load() {
        return load;
    }

    Chunk chunk() {
        return chunk;
    }

    /** Returns whether an add of it is under way. */
    boolean isAdding() {
        return adding.isPresent();
    }

    /** Records that an add of it is under way from this time on at the earliest, or no longer. */
    void adding(Optional<Instant> since) {
        adding = since;
    }

    /** Keeps what this process had seen of its lists when its first add left. */
    void leaves(Map<Long, Long> highest) {
        marks = marks.isEmpty() && chunk.doubtSince().isEmpty() ? Optional.of(highest) : marks;
    }

    /** Returns what was kept; empty if an earlier process has sent it. */
    Optional<Map<Long, Long>> marks() {
        return marks;
    }

    /** Records that a look-up is under way, or no longer; returns whether that is a change. */
    boolean looking(boolean underWay) {
        boolean news = looking != underWay;
        looking = underWay;
        return news;
    }

    /** Records that its lists are being read, or no longer; returns whether that is a change. */
    boolean marking(boolean underWay) {
        boolean news = marking != underWay;
        marking = underWay;
        return news;
    }

    /** Returns how many consecutive requests have brought the chunk no nearer to its end. */
    int tries() {
        return tries;
    }

    Optional<Problem> lastProblem() {
        return lastProblem;
    }

    /** Returns whether the elements for the next part were read already. */
    boolean isRead() {
        return part.read().isPresent();
    }

    /** Returns whether more is left to send than may be sent at once now. */
    boolean isToBeCut() {
        return parts.isLarger(load.chunkSize().now());
    }

    /** Returns the next part, whose elements must be read before. */
    List<Operation> nextUnread() {
        part = parts.next(load.chunkSize().now());
        return part.operations();
    }

    /** Takes the result of reading the elements of the part. Operations that ended without a request need no more. */
    void readFirst(List<Operation> open, SubChunk.PreRead found) {
        if (open.size() < part.size()) {
            // The rest is another part than the one whose other half may be at fault.
            parts.givenUp();
        }
        if (!open.isEmpty()) {
            part = part.read(open, found);
        }
    }

    /** Returns the next chunk to send. */
    Chunk nextChunk() {
        if (!isRead()) {
            nextUnread();
        }
        return new Chunk(chunk.action(), part.toSend(), Optional.empty());
    }

    /** Returns the before images for the next chunk, as far as they are kept. */
    List<BeforeImage> befores() {
        return part.read().map(SubChunk.PreRead::befores).orElse(List.of());
    }

    /** Returns the operations that the rows of the part ask for. */
    List<Operation> asked() {
        return part.operations();
    }

    /** Converts an answer about what was sent into one about what the rows ask for. */
    Answer asAsked(Answer answer) {
        return isRead() ? part.asAsked(answer) : answer;
    }

    Chunk doubtfulChunk() {
        return new Chunk(chunk.action(), doubtful, part.doubtSince());
    }

    /** Returns when a request for this chunk can no longer be under way at the API, by the {@link org.catalogdrop.model.Stopwatch}. */
    Instant calmAt(Duration doubtWait) {
        return lastSent.plus(doubtWait);
    }

    /** Returns when an unanswered update of it can no longer be applied; a time in the past if there is none. */
    Instant updatedAt(Duration doubtWait) {
        return lastLost.plus(doubtWait);
    }

    /** Records that the part is sent; returns whether it was sent before. */
    boolean sent() {
        tries++;
        rowsSent = part.size();
        return part.sent();
    }

    /** Returns the answer, with a row rejected that is alone in its part and was refused for certain. */
    Answer decided(Answer answer) {
        boolean apart = answer.advice().kind() == Advice.Kind.APART && part.checked();
        if (apart && isRepeated() && chunk.action() != Action.ADD) {
            // A first request without an answer may have been applied; the element shows it.
            return part.doubting(answer);
        }
        boolean given = apart || answer.advice().kind() == Advice.Kind.CEILING;
        return given ? part.refusing(answer, lastProblem) : answer;
    }

    /** Returns the same for a look-up, after an answer that left open whether it was a refusal. */
    Answer decidedByLook(Answer answer) {
        return refused && part.checked() ? part.refusing(answer, lastProblem) : answer;
    }

    /** Learns from the answer how large requests may be. */
    void learn(Answer answer) {
        boolean settled = !answer.settled().isEmpty();
        switch (answer.advice().kind()) {
            case NONE -> {
                if (settled) {
                    load.chunkSize().answered(part.size());
                }
            }
            case FEWER -> load.chunkSize().tooSlow(part.size());
            case CEILING -> {
                ceilingBefore = Math.max(ceilingBefore, load.chunkSize().ceiling());
                if (settled) {
                    load.chunkSize().wasOneRow(ceilingBefore);
                } else {
                    load.chunkSize().tooLarge(part.size(), answer.advice().most());
                    tries = 0;
                }
            }
            case APART -> {}
        }
    }

    private void lost(Instant at) {
        lastLost = chunk.action() == Action.UPDATE ? at : lastLost;
    }

    /** Takes an answer, or its absence, at a time of the {@link org.catalogdrop.model.Stopwatch}. */
    void take(Answer answer, Instant intended, Instant now) {
        lastSent = now;
        if (!answer.doubtful().isEmpty()) {
            lost(now);
        }
        boolean ignored = tries >= InconclusiveAnswers.MOST && InconclusiveAnswers.is(answer);
        lastProblem = ignored ? answer.why().map(InconclusiveAnswers::refusal) : answer.why();
        refused = ignored || answer.advice().kind() == Advice.Kind.APART;
        boolean mayRepeat = chunk.action() != Action.ADD && isWorthRepeating();
        part = part.sentBefore();
        if (!answer.doubtful().isEmpty()) {
            part = part.doubtful(adding.orElse(intended));
        }
        List<Operation> again = new ArrayList<>(answer.untouched());
        if (mayRepeat) {
            again.addAll(answer.doubtful());
        }
        doubtful = mayRepeat ? List.of() : answer.doubtful();
        sendRest(again, answer);
    }

    /** Repeating an update or a delete does no harm. It is read back only if that does not help, or before it is given up. */
    private boolean isWorthRepeating() {
        return refused ? part.size() > 1 || !part.checked() : !isRepeated();
    }

    /** Takes the result of a look-up. */
    void lookedUp(Answer answer) {
        doubtful = List.of();
        sendRest(answer.untouched(), answer);
        refused = false;
    }

    private void sendRest(List<Operation> rest, Answer answer) {
        if (!answer.settled().isEmpty()) {
            tries = 0;
        }
        if (rest.isEmpty()) {
            if (doubtful.isEmpty() && refused) {
                parts.givenUp();
            } else if (doubtful.isEmpty()) {
                parts.accepted();
            }
        } else if (!refused) {
            parts.again(part.of(rest));
        } else if (parts.refused(part.of(rest))) {
            tries = 0;
        }
    }
}
