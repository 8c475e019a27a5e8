package org.catalogdrop.send;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.BeforeImage;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;

/**
 * What reading elements made of a part that is about to be sent.
 *
 * @param open the operations still to be sent, as their rows ask for them
 * @param sent what is to be sent for them, in the same order
 * @param ended how the others ended without being sent
 * @param befores the elements as they are now, as far as that is to be kept
 */
record PreReadResult(List<Operation> open, List<Operation> sent, List<Outcome> ended, List<BeforeImage> befores) {

    /** From here on all speak of what the rows ask for; what was sent for them is made anew if it is sent again. */
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
