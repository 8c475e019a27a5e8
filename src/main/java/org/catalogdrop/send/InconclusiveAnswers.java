package org.catalogdrop.send;

import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/** Answers that come and tell nothing certain of any row, though no row was applied either. */
final class InconclusiveAnswers {

    /** So many in a row are a refusal of one of the rows; fewer may be accidents. */
    static final int MOST = 3;

    private InconclusiveAnswers() {}

    static boolean is(Answer answer) {
        boolean silent = answer.why()
                .map(Problem::code)
                .filter(code -> code == Code.NOT_ACCOUNTED || code == Code.STALE)
                .isPresent();
        return silent && answer.settled().isEmpty() && answer.untouched().isEmpty();
    }

    /** Returns what a row is rejected for in the end. */
    static Problem refusal(Problem silence) {
        return silence.code() == Code.STALE
                ? silence
                : Problem.of(
                        Code.REQUEST_REFUSED,
                        "the API answered several requests with this row, but neither accepted the row nor said why. Correct"
                                + " the row and load it again.");
    }
}
