package org.catalogdrop.send;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;

/**
 * Updates that the API refuses because their {@code updated_at} is older than their element's. If the row gives no time, it is sent once
 * more with a time later than the element's, which is read for that. Safe for many threads.
 */
final class StaleUpdates {

    private final ClockSkew clocks;

    StaleUpdates(ClockSkew clocks) {
        this.clocks = clocks;
    }

    /** Returns the answer with such rows open again the first time, and with the clock skew in the message the second time. */
    Answer sentAgain(ChunkDelivery sending, Answer answer) {
        if (isStale(answer.why())) {
            answer.doubtful().stream().filter(StaleUpdates::isTimeless).forEach(sending::stale);
        }
        if (answer.settled().stream().noneMatch(outcome -> isStale(outcome.problem()))) {
            return answer;
        }
        List<Outcome> settled = new ArrayList<>();
        List<Operation> untouched = new ArrayList<>(answer.untouched());
        for (Outcome outcome : answer.settled()) {
            Optional<Operation> asked = outcome.asked();
            if (!isStale(outcome.problem()) || asked.isEmpty()) {
                settled.add(outcome);
            } else if (isTimeless(asked.get()) && !sending.isStale(asked.get())) {
                sending.stale(asked.get());
                untouched.add(asked.get());
            } else {
                settled.add(Outcome.refused(
                        asked.get(), explained(asked.get(), outcome.problem().orElseThrow())));
            }
        }
        return new Answer(settled, answer.doubtful(), untouched, answer.why(), answer.halt(), answer.advice());
    }

    /** Returns the update with a time later than the element's. */
    Operation later(Operation operation, Optional<Element> element) {
        if (!(operation instanceof Operation.Update update) || !isTimeless(update)) {
            return operation;
        }
        long now = clocks.apiNow().getEpochSecond();
        return update.at(Math.max(now, element.map(Element::updatedAt).orElse(0L) + 1));
    }

    private Problem explained(Operation operation, Problem problem) {
        String told = isTimeless(operation)
                ? "the API refused the row twice as older than its element (Last modified date is older than in database), although the second time"
                        + " its updated_at was later than the API's time and the element's. Another program may be changing the element"
                        + " continually. Load the row again later."
                : problem.message();
        return new Problem(Code.STALE, problem.column(), told + describeClocks());
    }

    /** Returns how far the clocks are apart, as a text. */
    private String describeClocks() {
        Optional<Duration> ahead = clocks.apiAhead();
        if (ahead.isEmpty()) {
            return "";
        }
        long seconds = ahead.get().toSeconds();
        return " The API's clock "
                + (Math.abs(seconds) < 2
                        ? "and this machine's agree."
                        : "is " + Math.abs(seconds) + " s " + (seconds > 0 ? "ahead of" : "behind")
                                + " this machine's.");
    }

    private static boolean isTimeless(Operation operation) {
        return operation instanceof Operation.Update update && update.updatedAt() == 0;
    }

    private static boolean isStale(Optional<Problem> problem) {
        return problem.filter(one -> one.code() == Code.STALE).isPresent();
    }
}
