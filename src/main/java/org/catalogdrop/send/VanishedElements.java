package org.catalogdrop.send;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Upsert;

/**
 * Rows whose element is not there, so that their keys decide again what they are: updates whose element someone else has deleted, and adds
 * that an earlier run sent and that were not applied. Another drop may have been loaded between that run and this one. It may have made
 * elements with their keys, or changed the element that was made for them so that it was not found.
 *
 * @param updates the updates
 * @param journaled the answer as the journal records it: these rows are open again
 * @param rest the answer without them
 */
record VanishedElements(List<Operation.Update> updates, Answer journaled, Answer rest) {

    /** Returns an answer that has none of them. */
    static VanishedElements none(Answer answer) {
        return new VanishedElements(List.of(), answer, answer);
    }

    /** Takes them out of an answer, if their mapping wants them added, and forgets their keys. */
    static VanishedElements of(RunningLoad load, List<Operation> sent, Answer answer) {
        Optional<DropKeys> keys = load.keys().filter(DropKeys::decidesGoneAnew);
        if (keys.isEmpty() || answer.settled().stream().noneMatch(VanishedElements::isGone)) {
            return none(answer);
        }
        Map<Long, Operation.Update> byRow = new HashMap<>();
        for (Operation operation : sent) {
            if (operation instanceof Operation.Update update) {
                byRow.put(update.row().number(), update);
            }
        }
        List<Operation.Update> gone = answer.settled().stream()
                .filter(VanishedElements::isGone)
                .map(outcome -> byRow.get(outcome.row().number()))
                .toList();
        keys.get().recordGone(gone);
        List<Outcome> settled =
                answer.settled().stream().filter(outcome -> !isGone(outcome)).toList();
        List<Operation> open = new ArrayList<>(answer.untouched());
        open.addAll(gone);
        return new VanishedElements(gone, with(answer, settled, open), with(answer, settled, answer.untouched()));
    }

    /** Returns whether of adds of this chunk that are not found their keys decide. */
    static boolean rekeysAdds(RunningLoad load, Chunk chunk) {
        boolean earlier = chunk.action() == Action.ADD && chunk.doubtSince().isPresent();
        return load.keys().isPresent() && earlier;
    }

    /** Returns the same with the adds of the chunk that are not found. */
    VanishedElements withRekeyedAdds(RunningLoad load, Chunk chunk) {
        if (!rekeysAdds(load, chunk) || rest.untouched().isEmpty()) {
            return this;
        }
        List<Operation.Update> rows = new ArrayList<>(updates);
        for (Operation add : rest.untouched()) {
            // An add does not say what an update of the same row would clear. One mapping a row: its request_id is
            // taken by itself.
            Mapping mapping = load.meaning().mapping();
            rows.add(((Upsert) mapping.verdict(add.row())).asUpdate(0));
        }
        load.keys().get().absent();
        return new VanishedElements(rows, journaled, with(rest, rest.settled(), List.of()));
    }

    private static boolean isGone(Outcome outcome) {
        return outcome.status() == Status.REJECTED
                && outcome.key().isPresent()
                && outcome.problem()
                        .filter(problem -> problem.code() == Code.NOT_FOUND)
                        .isPresent();
    }

    private static Answer with(Answer answer, List<Outcome> settled, List<Operation> untouched) {
        return new Answer(settled, answer.doubtful(), untouched, answer.why(), answer.halt(), answer.advice());
    }
}
