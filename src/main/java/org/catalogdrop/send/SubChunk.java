package org.catalogdrop.send;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.BeforeImage;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;

/**
 * Operations of a chunk that are sent together, and their state. Immutable.
 *
 * @param operations what their rows ask for, in row order, at least one
 * @param sent whether they were sent before
 * @param doubtSince the time of the first intent whose outcome was not known; empty if there is none
 * @param checked whether a further rejection as a whole is not transient: it was repeated, or is a part of one that was
 * @param guilty whether one of them is known to be the reason for the rejection of a larger part
 * @param read the result of reading their elements; empty if they were not read since the last try
 */
record SubChunk(
        List<Operation> operations,
        boolean sent,
        Optional<Instant> doubtSince,
        boolean checked,
        boolean guilty,
        Optional<PreRead> read) {

    /**
     * What reading the elements made of the operations, for one try: it is read again before the next.
     *
     * @param operations what is to be sent, in the order of what was asked
     * @param befores the elements as they are now, as far as that is to be kept
     */
    record PreRead(List<Operation> operations, List<BeforeImage> befores) {}

    private SubChunk(
            List<Operation> operations, boolean sent, Optional<Instant> doubtSince, boolean checked, boolean guilty) {
        this(operations, sent, doubtSince, checked, guilty, Optional.empty());
    }

    static SubChunk fresh(List<Operation> operations) {
        return new SubChunk(operations, false, Optional.empty(), false, false);
    }

    int size() {
        return operations.size();
    }

    SubChunk sentBefore() {
        return new SubChunk(operations, true, doubtSince, checked, guilty);
    }

    SubChunk doubtful(Instant since) {
        return doubtSince.isPresent() ? this : new SubChunk(operations, sent, Optional.of(since), checked, guilty);
    }

    SubChunk checkedOnce() {
        return new SubChunk(operations, sent, doubtSince, true, guilty);
    }

    SubChunk foundGuilty() {
        return new SubChunk(operations, sent, doubtSince, checked, true);
    }

    SubChunk of(List<Operation> some) {
        boolean same = some.size() == size();
        return new SubChunk(some, sent, doubtSince, checked && (same || some.size() > 1), guilty && same);
    }

    /** Returns the operations that are left to be sent once their elements were read. */
    SubChunk read(List<Operation> open, PreRead found) {
        SubChunk left = of(open);
        return new SubChunk(open, sent, doubtSince, left.checked, left.guilty, Optional.of(found));
    }

    /** Returns what goes out for the operations. */
    List<Operation> toSend() {
        return read.map(PreRead::operations).orElse(operations);
    }

    /** Returns two halves, the smaller first. A part of one row is retried once more before the row is given up. */
    List<SubChunk> halves() {
        int middle = size() / 2;
        return List.of(half(operations.subList(0, middle)), half(operations.subList(middle, size())));
    }

    private SubChunk half(List<Operation> some) {
        return new SubChunk(some, sent, doubtSince, some.size() > 1, false);
    }

    /** Returns a piece of this many operations, fewer than all, and the rest. */
    List<SubChunk> cut(int most) {
        return List.of(of(operations.subList(0, most)), of(operations.subList(most, size())));
    }

    /** Returns the answer with the row rejected, if it is alone in the part. */
    Answer refusing(Answer answer, Optional<Problem> last) {
        Optional<Problem> why = answer.why().or(() -> last);
        if (size() != 1 || answer.untouched().size() != 1 || why.isEmpty()) {
            return answer;
        }
        Outcome refused = Outcome.refused(answer.untouched().get(0), why.get());
        return new Answer(List.of(refused), List.of(), List.of(), answer.why(), answer.halt(), answer.advice());
    }

    /** Returns the answer with a row in doubt that it reports as not applied, if the row is alone in the part. */
    Answer doubting(Answer answer) {
        return size() == 1
                ? new Answer(answer.settled(), operations, List.of(), answer.why(), answer.halt(), answer.advice())
                : answer;
    }

    /** Returns what an answer says of what was sent, said of what the rows ask for; what was sent is made anew if it is sent again. */
    Answer asAsked(Answer answer) {
        if (toSend().equals(operations)) {
            return answer;
        }
        Map<Long, Operation> asked = new HashMap<>();
        operations.forEach(operation -> asked.put(operation.row().number(), operation));
        return new Answer(
                answer.settled().stream()
                        .map(outcome -> Outcome.of(
                                asked.get(outcome.row().number()), outcome.status(), outcome.id(), outcome.problem()))
                        .toList(),
                asked(answer.doubtful(), asked),
                asked(answer.untouched(), asked),
                answer.why(),
                answer.halt(),
                answer.advice());
    }

    private static List<Operation> asked(List<Operation> sent, Map<Long, Operation> asked) {
        return sent.stream()
                .map(operation -> asked.get(operation.row().number()))
                .toList();
    }
}
