package org.catalogdrop.send;

import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/** Answers that say nothing certain about any row, although no row was applied. Stateless. */
final class InconclusiveAnswers {

    /** The number of consecutive such answers that count as a refusal of one of the rows; fewer may be chance. */
    static final int MOST = 3;

    private InconclusiveAnswers() {}

    static boolean is(Answer answer) {
        boolean silent = answer.why()
                .map(Problem::code)
                .filter(code -> code == Code.NOT_ACCOUNTED || code == Code.STALE)
                .isPresent();
        return silent && answer.settled().isEmpty() && answer.untouched().isEmpty();
    }

    /** Returns the problem for which a row is rejected in the end. */
    static Problem refusal(Problem silence) {
        return silence.code() == Code.STALE
                ? silence
                : Problem.of(
                        Code.REQUEST_REFUSED,
                        "the API answered several requests with this row, but neither accepted the row nor said why. Correct"
                                + " the row and load it again.");
    }
}
