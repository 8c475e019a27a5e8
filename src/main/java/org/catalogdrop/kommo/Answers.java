package org.catalogdrop.kommo;

import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;

/** What a reply says of the chunk that was sent. The status is judged first, the body second; see {@link Triage}. */
public final class Answers {

    /** The body of a reply that has none to read. */
    public PostBody silent() {
        return PostBody.silent();
    }

    /**
     * Sorts every operation of the intent's chunk into settled, doubtful or untouched.
     *
     * @param intent what was sent
     * @param repeated whether it repeats operations that may have been applied before: then what is gone was deleted
     * @param reply what came back
     * @param body its content, {@link #silent()} if it could not be read
     */
    public Answer judge(Intent intent, boolean repeated, Reply reply, PostBody body) {
        Chunk chunk = intent.chunk();
        if (reply instanceof Reply.Lost lost) {
            return lost(chunk.operations(), lost);
        }
        Reply.Received received = (Reply.Received) reply;
        Triage triage = Triage.of(received.status());
        List<Operation> all = chunk.operations();
        return switch (triage) {
            case READ -> read(chunk, repeated, received, body);
            case LOOK -> new Answer(List.of(), all, List.of(), Optional.of(triage.problem(received)), Optional.empty());
            case WAIT -> new Answer(List.of(), List.of(), all, Optional.of(triage.problem(received)), Optional.empty());
            case REQUEST -> refusedWhole(all, triage.problem(received));
            case TOKEN, ACCOUNT, BLOCK, MOVED, US -> {
                Optional<Problem> problem = Optional.of(triage.problem(received));
                yield new Answer(List.of(), List.of(), all, problem, problem);
            }
        };
    }

    private static Answer lost(List<Operation> all, Reply.Lost lost) {
        if (lost.sent()) {
            Problem why = Problem.of(
                    Code.NO_ANSWER,
                    "no answer came (" + lost.reason() + "); the request may have been applied all the same");
            return new Answer(List.of(), all, List.of(), Optional.of(why), Optional.empty());
        }
        Optional<Problem> away = lost.problem()
                .or(
                        () -> Optional.of(
                                Problem.of(
                                        Code.API_AWAY,
                                        "the API cannot be reached (" + lost.reason()
                                                + "); nothing was sent. Check kommo.base-url and the network, then run again to go on.")));
        return new Answer(List.of(), List.of(), all, away, away);
    }

    /** 400 without a word on single rows: the request was refused before anything of it was applied. */
    private static Answer refusedWhole(List<Operation> all, Problem problem) {
        List<Outcome> refused = all.stream()
                .map(operation -> Outcome.refused(operation, problem))
                .toList();
        return new Answer(refused, List.of(), List.of(), Optional.of(problem), Optional.empty());
    }

    private static Answer read(Chunk chunk, boolean repeated, Reply.Received reply, PostBody body) {
        Accounting accounting = new Accounting(chunk, repeated);
        accounting.items(body.items());
        accounting.errors(body.errors());
        List<Operation> missing = accounting.missing();
        Optional<Problem> why = missing.isEmpty()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        Code.NOT_ACCOUNTED,
                        "the answer (HTTP " + reply.status() + ") accounts for " + (chunk.size() - missing.size())
                                + " of " + chunk.size() + " rows sent; this row may have been applied all the same"));
        return new Answer(accounting.settled(), missing, List.of(), why, Optional.empty());
    }
}
