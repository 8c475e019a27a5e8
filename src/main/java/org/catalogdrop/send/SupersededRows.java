package org.catalogdrop.send;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.journal.SupersedingRows.LaterRow;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;

/**
 * Rows that ended in doubt and are looked up again after a later row of their element was applied. Sending them again would undo the
 * later row, because every update sets the name. Rows that are not seen to be applied stay in doubt. Stateless.
 */
final class SupersededRows {

    private static final String NEXT =
            " Look at the element in the account. If it has all values of this row, do nothing. If some are missing, load"
                    + " them in a file of their own.";

    private SupersededRows() {}

    /**
     * Returns the result of the look-up, with those rows in doubt.
     *
     * @param later the last row that was applied since, by the row it came after
     */
    static Answer of(Answer answer, Map<Long, LaterRow> later) {
        if (later.isEmpty()) {
            return answer;
        }
        List<Outcome> settled = new ArrayList<>();
        for (Outcome outcome : answer.settled()) {
            boolean done = outcome.status() != Status.IN_DOUBT && outcome.status() != Status.REJECTED;
            settled.add(
                    done
                            ? outcome
                            : outcome.asked()
                                    .flatMap(operation -> doubt(operation, later))
                                    .orElse(outcome));
        }
        List<Operation> again = new ArrayList<>();
        for (Operation operation : answer.untouched()) {
            doubt(operation, later).ifPresentOrElse(settled::add, () -> again.add(operation));
        }
        return new Answer(settled, answer.doubtful(), again, answer.why(), answer.halt(), answer.advice());
    }

    private static Optional<Outcome> doubt(Operation operation, Map<Long, LaterRow> later) {
        return Optional.ofNullable(later.get(operation.row().number()))
                .filter(row -> !(operation instanceof Operation.Delete && row.status() == Status.DELETED))
                .map(row -> Outcome.inDoubt(operation, Problem.of(Code.OVERTAKEN, message(operation, row))));
    }

    private static String message(Operation operation, LaterRow row) {
        return "no answer came for this row. Row " + row.number() + ", a later row of element "
                + operation.element().orElseThrow() + ", was applied since ("
                + row.status().word()
                + "). The element does not show whether this row was applied before that one. Sending it again would undo the"
                + " later row, so it is not sent." + NEXT;
    }
}
