package org.catalogdrop.app;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.catalogdrop.model.Amount;
import org.catalogdrop.model.PlainName;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.model.Target;
import picocli.CommandLine.Model.CommandSpec;

/** How a finished load is told in one line. */
final class Told {

    private static final int SHOWN = 10;

    private Told() {}

    /**
     * Prints why the drop was refused, if it was; and what its results are, if there are any.
     *
     * @param file the file of the drop
     */
    static void tell(CommandSpec spec, Summary summary, Path file) {
        summary.refusal().ifPresent(problem -> spec.commandLine()
                .getErr()
                .println(summary.drop() + ": refused (" + problem.code().word() + "): " + problem.message()
                        + NextStep.of(problem.code(), file)));
        if (!summary.folder().isEmpty()) {
            spec.commandLine().getOut().println(line(summary) + NextStep.of(summary, file));
            if (!summary.undo().isEmpty()) {
                spec.commandLine().getOut().println("  " + summary.undo().amounts());
            }
        }
    }

    /** Returns the rows by outcome, in words; empty if there are none. */
    static String counts(Summary summary) {
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
                        .map(PlainName::show)
                        .collect(Collectors.joining(
                                ", ",
                                "; unknown columns, ignored: ",
                                summary.unknownColumns().size() > SHOWN ? ", …" : ""));
    }

    static String line(Summary summary) {
        String counts = counts(summary);
        double seconds = java.time.Duration.between(summary.started(), summary.finished())
                        .toMillis()
                / 1000.0;
        String missing = summary.missing().elements() > 0
                ? ", " + summary.missing().elements() + " of them for elements that do not stand in it"
                : summary.missing().kept().isEmpty() ? "" : ", nothing deleted as missing";
        return String.format(
                Locale.ROOT,
                "%s: %s%s (%s) in %.1f s with %s%s%s%s%s; results in %s",
                summary.drop(),
                Amount.of(summary.rows(), "row"),
                missing,
                counts.isEmpty() ? "none" : counts,
                seconds,
                Amount.of(summary.requests(), "request"),
                summary.reads() == 0 ? "" : " and " + Amount.of(summary.reads(), "read"),
                summary.target().account().isEmpty() ? "" : " to " + target(summary.target()),
                rejects(summary),
                unknown(summary),
                summary.folder());
    }

    private static String target(Target target) {
        return target.account()
                + (target.catalog().isPresent() ? ", list " + target.catalog().getAsLong() : "");
    }
}
