package org.catalogdrop.journal.codec;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.catalogdrop.journal.codec.RowState.Doubtful;
import org.catalogdrop.journal.codec.RowState.Open;
import org.catalogdrop.journal.codec.RowState.Settled;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;

/** What an answer says of each row, as the journal keeps it. */
public final class SettledStates {

    private SettledStates() {}

    public static Map<Long, RowState> of(Answer answer, Instant since) {
        Map<Long, RowState> said = new HashMap<>();
        for (Operation operation : answer.untouched()) {
            once(said, operation.row().number(), new Open());
        }
        for (Operation operation : answer.doubtful()) {
            once(said, operation.row().number(), new Doubtful(since));
        }
        for (Outcome outcome : answer.settled()) {
            once(said, outcome.row().number(), new Settled(outcome.status(), outcome.id(), outcome.problem()));
        }
        return said;
    }

    private static void once(Map<Long, RowState> said, long row, RowState state) {
        if (said.put(row, state) != null) {
            throw new IllegalArgumentException("an answer speaks of row " + row + " twice");
        }
    }
}
