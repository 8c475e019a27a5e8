package org.catalogdrop.send;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.BeforeImage;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;

/**
 * The result of reading elements for a part that is about to be sent.
 *
 * @param open the operations still to be sent, as their rows ask for them
 * @param sent what is to be sent for them, in the same order
 * @param ended the outcomes of the others, which need no request
 * @param befores the before images, as far as they are kept
 */
record PreReadResult(List<Operation> open, List<Operation> sent, List<Outcome> ended, List<BeforeImage> befores) {

    /** Converts an answer into one about what the rows ask for; what was sent for them is computed again if it is sent again. */
    Answer asAsked(Answer answer) {
        if (sent.equals(open)) {
            return answer;
        }
        Map<Long, Operation> asked = new HashMap<>();
        open.forEach(operation -> asked.put(operation.row().number(), operation));
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
