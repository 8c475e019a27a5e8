package org.catalogdrop.results;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;

/** Counts outcomes and checks the rule that each row comes once and in order. Used by one thread. */
final class OutcomeCounts {

    static final String NONE = "none";

    private static final Action[] ACTIONS = Action.values();

    private final long[] byAction = new long[ACTIONS.length + 1];
    private final long[] byStatus = new long[Status.values().length];
    private final Map<Code, Long> byCode = new EnumMap<>(Code.class);
    private long rows;

    /** Throws if the outcome is not that of the next row. */
    void expect(Outcome outcome) {
        if (outcome.row().number() != rows + 1) {
            throw new IllegalStateException(
                    "the outcome of row " + outcome.row().number() + " came when that of row " + (rows + 1)
                            + " was due: each row has one outcome, in order");
        }
    }

    void add(Outcome outcome) {
        rows++;
        byStatus[outcome.status().ordinal()]++;
        byAction[place(outcome.action())]++;
        if (outcome.status() == Status.REJECTED) {
            outcome.problem().ifPresent(problem -> byCode.merge(problem.code(), 1L, Long::sum));
        }
    }

    private static int place(String word) {
        for (Action action : ACTIONS) {
            if (action.word().equals(word)) {
                return action.ordinal();
            }
        }
        return ACTIONS.length;
    }

    private Map<String, Long> byCode() {
        Map<String, Long> counts = new LinkedHashMap<>();
        byCode.entrySet().stream()
                .sorted(Map.Entry.<Code, Long>comparingByValue().reversed())
                .forEach(entry -> counts.put(entry.getKey().word(), entry.getValue()));
        return counts;
    }

    Counts counts() {
        Map<Status, Long> statuses = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            statuses.put(status, byStatus[status.ordinal()]);
        }
        Map<String, Long> actions = new LinkedHashMap<>();
        for (Action action : ACTIONS) {
            actions.put(action.word(), byAction[action.ordinal()]);
        }
        actions.put(NONE, byAction[ACTIONS.length]);
        return new Counts(rows, actions, statuses, byCode());
    }
}
