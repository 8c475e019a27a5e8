package org.catalogdrop.results;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.UndoCount;
import org.catalogdrop.results.file.SafeCell;

/** Writes the text of {@code summary.json}: always every key of a load, so that scripts need not check. Stateless. */
final class SummaryText {

    private static final ObjectWriter WRITER = new ObjectMapper()
            .writer(new DefaultPrettyPrinter(
                            Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                    .withObjectIndenter(new DefaultIndenter("  ", "\n")))
            .with(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN);

    private SummaryText() {}

    static String of(Summary summary) {
        BigDecimal seconds = seconds(summary);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("drop", SafeCell.clean(summary.drop()));
        json.put("digest", summary.digest());
        json.put("format", summary.format());
        json.put(
                "read_as",
                summary.shape()
                        .map(shape -> DetectedFormat.json(summary.format(), shape))
                        .orElse(Map.of()));
        json.put("mapping", SafeCell.clean(summary.mapping()));
        json.put("account", summary.target().account());
        json.put("catalog_id", catalog(summary));
        json.put("rows", summary.rows());
        json.put("actions", actions(summary));
        json.put("outcomes", outcomes(summary));
        json.put("balance", balance(summary));
        json.put("rejects", summary.rejectsByCode());
        json.put(
                "unknown_columns",
                summary.unknownColumns().stream().map(SafeCell::clean).toList());
        json.put("missing", missing(summary.missing()));
        json.put("undo", undo(summary.undo()));
        json.put("requests", summary.requests());
        json.put("retries", summary.retries());
        json.put("reads", summary.reads());
        json.put("seconds", seconds);
        json.put("rows_per_second", perSecond(summary.rows(), seconds));
        json.put("started", summary.started().toString());
        json.put("finished", summary.finished().toString());
        json.put("folder", SafeCell.clean(summary.folder()));
        // Only for a refused drop, and so in no results folder: its rows came before it.
        summary.refusal().ifPresent(problem -> json.put("refusal", refusal(problem)));
        return json(json);
    }

    private static Long catalog(Summary summary) {
        return summary.target().catalog().isPresent()
                ? Long.valueOf(summary.target().catalog().getAsLong())
                : null;
    }

    /** JSON for people and programs, keys in the map's order. */
    static String json(Map<String, Object> map) {
        try {
            return WRITER.writeValueAsString(map) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts and numbers is always JSON", e);
        }
    }

    static long sum(Summary summary) {
        return summary.byStatus().values().stream().mapToLong(Long::longValue).sum();
    }

    private static Map<String, Long> actions(Summary summary) {
        Map<String, Long> actions = new LinkedHashMap<>();
        for (Action action : Action.values()) {
            actions.put(action.word(), summary.byAction().getOrDefault(action.word(), 0L));
        }
        actions.put(OutcomeCounts.NONE, summary.byAction().getOrDefault(OutcomeCounts.NONE, 0L));
        return actions;
    }

    private static Map<String, Long> outcomes(Summary summary) {
        Map<String, Long> outcomes = new LinkedHashMap<>();
        for (Status status : Status.values()) {
            outcomes.put(status.word(), summary.count(status));
        }
        return outcomes;
    }

    private static Map<String, Object> balance(Summary summary) {
        Map<String, Object> balance = new LinkedHashMap<>();
        balance.put("rows", summary.rows());
        balance.put("sum_of_outcomes", sum(summary));
        balance.put("holds", sum(summary) == summary.rows());
        return balance;
    }

    private static Map<String, Object> refusal(Problem problem) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", problem.code().word());
        json.put("message", SafeCell.clean(problem.message()));
        return json;
    }

    static Map<String, Object> undo(UndoCount undo) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("setting", undo.setting());
        json.put("possible", counts(undo.possible()));
        json.put("impossible", counts(undo.impossible()));
        return json;
    }

    private static Map<String, Long> counts(Map<Action, Long> counts) {
        Map<String, Long> json = new LinkedHashMap<>();
        for (Action action : Action.values()) {
            json.put(action.word(), counts.getOrDefault(action, 0L));
        }
        return json;
    }

    static Map<String, Object> missing(Missing missing) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("known", missing.known());
        json.put("elements", missing.elements());
        json.put("kept", SafeCell.clean(missing.kept()));
        return json;
    }

    /** Returns the seconds of the load; never negative, because a clock may be set back meanwhile. */
    private static BigDecimal seconds(Summary summary) {
        long millis = Duration.between(summary.started(), summary.finished()).toMillis();
        return BigDecimal.valueOf(Math.max(0, millis), 3);
    }

    private static BigDecimal perSecond(long rows, BigDecimal seconds) {
        return BigDecimal.valueOf(rows).divide(seconds.max(BigDecimal.valueOf(1, 3)), 1, RoundingMode.HALF_UP);
    }
}
