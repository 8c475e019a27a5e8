package org.catalogdrop.results;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Target;

/** Writes the summary of a load in one line. */
public final class SummaryLine {

    private static final int SHOWN = 10;

    private SummaryLine() {}

    /** Returns the rows by outcome, as a text; empty if there are none. */
    public static String counts(Summary summary) {
        return Arrays.stream(Status.values())
                .filter(status -> summary.count(status) > 0)
                .map(status -> summary.count(status) + " " + status.word())
                .collect(Collectors.joining(", "));
    }

    private static String rejects(Summary summary) {
        return summary.rejectsByCode().isEmpty()
                ? ""
                : summary.rejectsByCode().entrySet().stream()
                        .limit(SHOWN)
                        .map(code -> code.getValue() + " " + code.getKey())
                        .collect(Collectors.joining(
                                ", ", "; rejected for ", summary.rejectsByCode().size() > SHOWN ? ", …" : ""));
    }

    private static String unknown(Summary summary) {
        return summary.unknownColumns().isEmpty()
                ? ""
                : summary.unknownColumns().stream()
                        .limit(SHOWN)
                        .map(NormalizedName::show)
                        .collect(Collectors.joining(
                                ", ",
                                "; unknown columns, ignored: ",
                                summary.unknownColumns().size() > SHOWN ? ", …" : ""));
    }

    /** Returns the line with which a load ends. */
    public static String line(Summary summary) {
        String counts = counts(summary);
        double seconds = java.time.Duration.between(summary.started(), summary.finished())
                        .toMillis()
                / 1000.0;
        String missing = summary.missing().elements() > 0
                ? ", " + summary.missing().elements() + " of them for elements that are missing from the drop"
                : summary.missing().kept().isEmpty() ? "" : ", no missing elements deleted";
        return String.format(
                Locale.ROOT,
                "%s: %s%s (%s) in %.1f s with %s%s%s%s%s; results in %s",
                NormalizedName.show(summary.drop()),
                Plural.of(summary.rows(), "row"),
                missing,
                counts.isEmpty() ? "none" : counts,
                seconds,
                Plural.of(summary.requests(), "request"),
                summary.reads() == 0 ? "" : " and " + Plural.of(summary.reads(), "read"),
                summary.target().account().isEmpty() ? "" : " to " + target(summary.target()),
                rejects(summary),
                unknown(summary),
                NormalizedName.show(summary.folder()));
    }

    private static String target(Target target) {
        return target.account()
                + (target.catalog().isPresent() ? ", list " + target.catalog().getAsLong() : "");
    }
}
