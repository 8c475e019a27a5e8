package org.catalogdrop.send;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;

/**
 * Updates whose element someone else has deleted, and whose rows are therefore added.
 *
 * @param updates the updates
 * @param journaled the answer as the journal records it: these rows are open again
 * @param rest the answer without them
 */
record VanishedElements(List<Operation.Update> updates, Answer journaled, Answer rest) {

    /** Takes them out of an answer, if their mapping wants them added, and forgets their keys. */
    static VanishedElements of(RunningLoad load, List<Operation> sent, Answer answer) {
        Optional<DropKeys> keys = load.keys().filter(DropKeys::decidesGoneAnew);
        if (keys.isEmpty() || answer.settled().stream().noneMatch(VanishedElements::isGone)) {
            return new VanishedElements(List.of(), answer, answer);
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
