package org.catalogdrop.kommo;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.catalogdrop.model.Advice;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Intent;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;

/**
 * Interprets the reply to a chunk: which operations were applied, refused or left in doubt. The status is judged first, the body second;
 * see {@link ResponseRule}. Stateless.
 */
public final class AnswerInterpreter {

    private static final Pattern LIMIT = Pattern.compile("limit (\\d{1,6})");

    /**
     * Sorts every operation of the intent's chunk into settled, doubtful or untouched.
     *
     * @param intent what was sent
     * @param repeated whether it repeats operations that may have been applied before; then an element that is gone was deleted
     * @param reply what came back
     */
    public Answer judgeReply(Intent intent, boolean repeated, Reply reply) {
        Chunk chunk = intent.chunk();
        if (reply instanceof Reply.Lost lost) {
            ResponseRule meaning = ResponseRule.of(lost);
            return whole(chunk, meaning, meaning.problem(lost), Advice.of(meaning.advice()));
        }
        if (reply instanceof Reply.Barred barred) {
            Optional<Problem> why = Optional.of(barred.why());
            return new Answer(List.of(), List.of(), chunk.operations(), why, why);
        }
        Reply.Received received = (Reply.Received) reply;
        PostBody body = received.isOfRows() ? PostBody.of(received) : PostBody.SILENT;
        ResponseRule meaning = ResponseRule.of(received);
        if (meaning.who() == Responsibility.READ) {
            return read(chunk, repeated, received, body);
        }
        boolean ofRows = meaning.who() == Responsibility.CHUNK || meaning.who() == Responsibility.ROW;
        if (ofRows && !body.errors().isEmpty()) {
            Answer byRow = refusedByRow(chunk, repeated, received, body);
            if (!byRow.settled().isEmpty()) {
                return byRow;
            }
        }
        return whole(chunk, meaning, meaning.problem(received), new Advice(meaning.advice(), most(meaning, received)));
    }

    /** Returns an answer that treats all rows in the same way. */
    private static Answer whole(Chunk chunk, ResponseRule meaning, Problem problem, Advice advice) {
        List<Operation> all = chunk.operations();
        boolean untouched = meaning.isCertainlyNotApplied();
        return new Answer(
                List.of(),
                untouched ? List.of() : all,
                untouched ? all : List.of(),
                Optional.of(problem),
                halt(meaning.who(), problem),
                advice);
    }

    private static Optional<Problem> halt(Responsibility who, Problem problem) {
        return switch (who) {
            case READ, ROW, CHUNK, WAIT, LOOK -> Optional.empty();
            case TOKEN, ACCOUNT, US -> Optional.of(problem);
        };
    }

    private static int most(ResponseRule meaning, Reply.Received reply) {
        Matcher limit = LIMIT.matcher(ErrorBody.of(reply).text());
        return meaning == ResponseRule.TOO_MANY_ROWS && limit.find() ? Integer.parseInt(limit.group(1)) : 0;
    }

    private static Answer read(Chunk chunk, boolean repeated, Reply.Received reply, PostBody body) {
        AnswerItemMatcher accounting = accounting(chunk, repeated, body);
        List<Operation> missing = accounting.missing();
        Optional<Problem> held = accounting.heldFor();
        Optional<Problem> why =
                missing.isEmpty() ? held : accounting.stale().or(() -> Optional.of(missing(chunk, missing, reply)));
        Optional<Problem> halt = held.filter(problem -> problem.code().scope() == Code.Scope.RUN);
        return new Answer(accounting.settled(), missing, accounting.held(), why, halt);
    }

    /**
     * Interprets a refusal that names rows: those rows are rejected. The others were not applied if the answer says that it reports
     * checks made beforehand. Otherwise nothing is known of them.
     */
    private static Answer refusedByRow(Chunk chunk, boolean repeated, Reply.Received reply, PostBody body) {
        AnswerItemMatcher accounting = accounting(chunk, repeated, body);
        List<Operation> others = accounting.missing();
        boolean beforehand = body.items().isEmpty()
                && body.errors().stream().allMatch(error -> error.section().equals(ItemError.VALIDATION));
        Optional<Problem> why = others.isEmpty() ? accounting.heldFor() : Optional.of(missing(chunk, others, reply));
        Optional<Problem> halt =
                accounting.heldFor().filter(problem -> problem.code().scope() == Code.Scope.RUN);
        List<Operation> held = accounting.held();
        return new Answer(
                accounting.settled(),
                beforehand ? List.of() : others,
                beforehand ? Stream.concat(others.stream(), held.stream()).toList() : held,
                why,
                halt);
    }

    private static AnswerItemMatcher accounting(Chunk chunk, boolean repeated, PostBody body) {
        AnswerItemMatcher accounting = new AnswerItemMatcher(chunk, repeated);
        accounting.items(body.items());
        accounting.errors(body.errors());
        return accounting;
    }

    private static Problem missing(Chunk chunk, List<Operation> missing, Reply.Received reply) {
        return Problem.of(
                Code.NOT_ACCOUNTED,
                "the answer (HTTP " + reply.status() + ") accounts for " + (chunk.size() - missing.size()) + " of "
                        + Plural.of(chunk.size(), "row") + " sent; this row may have been applied nevertheless");
    }
}
