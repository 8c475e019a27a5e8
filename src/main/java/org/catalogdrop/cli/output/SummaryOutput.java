package org.catalogdrop.cli.output;

import java.nio.file.Path;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.SummaryLine;
import picocli.CommandLine.Model.CommandSpec;

/** Prints how a load ended, for the commands. */
public final class SummaryOutput {

    private SummaryOutput() {}

    /**
     * Prints why the drop was refused, if it was; and what its results are, if there are any.
     *
     * @param file the file of the drop
     */
    public static void print(CommandSpec spec, Summary summary, Path file) {
        summary.refusal().ifPresent(problem -> spec.commandLine()
                .getErr()
                .println(NormalizedName.show(summary.drop()) + ": refused ("
                        + problem.code().word() + "): " + problem.message() + NextStep.of(problem.code(), file)));
        if (!summary.folder().isEmpty()) {
            spec.commandLine().getOut().println(SummaryLine.line(summary) + NextStep.of(summary, file));
            if (!summary.undo().isEmpty()) {
                spec.commandLine().getOut().println("  " + summary.undo().amounts());
            }
        }
    }
}
