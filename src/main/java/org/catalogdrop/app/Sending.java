package org.catalogdrop.app;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Problem;

/** A chunk on its way: which of its operations are still open, and which of them are in doubt. Used by one thread. */
public final class Sending {

    private final Load load;
    private final Chunk chunk;
    private List<Operation> open;
    private List<Operation> doubtful;
    private Optional<Instant> doubtSince;
    private Instant lastSent = Instant.EPOCH;
    private Optional<Problem> lastProblem = Optional.empty();
    private int tries;
    private boolean adding;
    private boolean looking;

    Sending(Load load, Chunk chunk) {
        this.load = load;
        this.chunk = chunk;
        this.doubtSince = chunk.doubtSince();
        boolean doubt = doubtSince.isPresent();
        this.open = doubt ? List.of() : chunk.operations();
        this.doubtful = doubt ? chunk.operations() : List.of();
    }

    public boolean isUnfinished() {
        return load.failure().isEmpty() && !(open.isEmpty() && doubtful.isEmpty());
    }

    /** Whether something must be read back before anything is sent again. */
    public boolean isDoubtful() {
        return !doubtful.isEmpty();
    }

    /** Whether the open operations may have been applied before. */
    public boolean isRepeated() {
        return doubtSince.isPresent();
    }

    Load load() {
        return load;
    }

    Chunk chunk() {
        return chunk;
    }

    /** Marks that an add is under way, or no longer; says whether that is news. */
    boolean adding(boolean underWay) {
        boolean news = adding != underWay && chunk.action() == Action.ADD;
        adding = underWay;
        return news;
    }

    /** Marks that a look-up is under way, or no longer; says whether that is news. */
    boolean looking(boolean underWay) {
        boolean news = looking != underWay;
        looking = underWay;
        return news;
    }

    int tries() {
        return tries;
    }

    Optional<Problem> lastProblem() {
        return lastProblem;
    }

    Chunk openChunk() {
        return new Chunk(chunk.action(), open, Optional.empty());
    }

    Chunk doubtfulChunk() {
        return new Chunk(chunk.action(), doubtful, doubtSince);
    }

    /** When a request sent for this chunk can no longer be under way at the API. */
    Instant calmAt(Duration doubtWait) {
        return lastSent.plus(doubtWait);
    }

    void sent() {
        tries++;
    }

    /** Takes what an answer, or its absence, says. */
    void take(Answer answer, Instant intended, Instant now) {
        lastSent = now;
        lastProblem = answer.why();
        if (!answer.doubtful().isEmpty() && doubtSince.isEmpty()) {
            doubtSince = Optional.of(intended);
        }
        // Repeating an update or a delete does no harm; only if that does not help either is it read back.
        boolean mayRepeat = chunk.action() != Action.ADD && tries == 1;
        List<Operation> again = new ArrayList<>(answer.untouched());
        if (mayRepeat) {
            again.addAll(answer.doubtful());
        }
        open = again;
        doubtful = mayRepeat ? List.of() : answer.doubtful();
    }

    /** Takes what reading back said. */
    void lookedUp(Answer answer) {
        List<Operation> again = new ArrayList<>(open);
        again.addAll(answer.untouched());
        open = again;
        doubtful = List.of();
    }
}
