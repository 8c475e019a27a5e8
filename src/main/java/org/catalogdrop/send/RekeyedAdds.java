package org.catalogdrop.send;

import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.load.RunningLoad;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Upsert;

/**
 * Adds of rows with keys that an earlier run sent, and that were proven not to have been applied. Another drop may have been loaded between
 * that run and this one and have made elements with their keys, or changed the element that was made for them so that it was not found
 * again: their keys decide anew what they are.
 *
 * @param rest the answer without them
 */
record RekeyedAdds(List<Operation.Update> rows, Answer rest) {

    /** Returns whether of adds of this chunk that are not found their keys decide. */
    static boolean decides(RunningLoad load, Chunk chunk) {
        boolean earlier = chunk.action() == Action.ADD && chunk.doubtSince().isPresent();
        return load.keys().isPresent() && earlier;
    }

    static RekeyedAdds of(RunningLoad load, Chunk chunk, Answer answer) {
        if (!decides(load, chunk) || answer.untouched().isEmpty()) {
            return new RekeyedAdds(List.of(), answer);
        }
        List<Operation.Update> rows = new ArrayList<>();
        for (Operation add : answer.untouched()) {
            // An add does not say what an update of the same row would clear. One mapping a row: its request_id is
            // taken by itself.
            Mapping mapping = load.meaning().mapping();
            rows.add(((Upsert) mapping.verdict(add.row())).asUpdate(0));
        }
        load.keys().get().absent();
        return new RekeyedAdds(
                rows,
                new Answer(
                        answer.settled(), answer.doubtful(), List.of(), answer.why(), answer.halt(), answer.advice()));
    }
}
