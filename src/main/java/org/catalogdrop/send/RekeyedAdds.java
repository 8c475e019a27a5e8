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
 * Adds with keys that an earlier run sent, and that were proven not to have been applied. Another drop may have been loaded since, and
 * may have made elements with their keys, or changed an element so that it was not recognised. So their keys decide about them again.
 *
 * @param rows their rows as updates
 * @param rest the answer without them
 */
record RekeyedAdds(List<Operation.Update> rows, Answer rest) {

    /** Returns whether keys decide about adds of this chunk that are not found. */
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
            // An add does not know what an update of the same row would clear. Each row needs its own mapping, because
            // a mapping accepts a request_id once.
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
