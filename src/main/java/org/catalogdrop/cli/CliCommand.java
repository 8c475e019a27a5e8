package org.catalogdrop.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.catalogdrop.config.Settings;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.model.Summary;
import org.catalogdrop.resolve.MappingFolder;
import org.catalogdrop.results.NextStep;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.results.SummaryLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command with its output, and with the checks of its arguments. */
abstract class CliCommand implements Callable<Integer> {

    @Spec
    CommandSpec spec;

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** Returns the fault of a command line that cannot be executed. */
    ParameterException misuse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /** @throws ParameterException if a file cannot be a drop; links are none, as in the inbox */
    void requireDropFile(Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw misuse(SafeText.of(file.toString())
                    + " is not a file that can be loaded (it does not exist, or is a folder or a link)");
        }
    }

    /** Returns the mapping file with this name. */
    MappingFolder.RawFile mappingFile(Settings settings, Path path) {
        String name = path.getFileName().toString();
        Path folder = settings.folders().mappings();
        return new MappingFolder(folder)
                .files().stream()
                        .filter(file -> file.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> misuse("there is no " + name + " in " + folder));
    }

    /**
     * Returns the summary of a results folder.
     *
     * @throws ParameterException if it is no such folder, so that the command has nothing to begin with
     */
    Summary summary(Path folder) {
        if (!Files.exists(folder.resolve("summary.json"))) {
            throw misuse(folder + (Files.isDirectory(folder) ? " has no summary.json" : " is not a folder")
                    + "; name the folder of a finished load in the outbox");
        }
        return Summaries.read(folder);
    }

    /**
     * Prints how a load ended: why the drop was refused, if it was, and where its results are, if there are any.
     *
     * @param file the file of the drop
     */
    void print(Summary summary, Path file) {
        summary.refusal().ifPresent(problem -> err().println(NormalizedName.show(summary.drop()) + ": refused ("
                + problem.code().word() + "): " + problem.message() + NextStep.of(problem.code(), file)));
        if (!summary.folder().isEmpty()) {
            out().println(SummaryLine.line(summary) + NextStep.of(summary, file));
            if (!summary.undo().isEmpty()) {
                out().println("  " + summary.undo().amounts());
            }
        }
    }
}
