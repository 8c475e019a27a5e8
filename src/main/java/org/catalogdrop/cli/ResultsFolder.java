package org.catalogdrop.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.Summaries;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The folder of results that a command was given. */
final class ResultsFolder {

    private ResultsFolder() {}

    /**
     * Its summary.
     *
     * @throws ParameterException if it is no such folder, so that the command had nothing to begin with
     */
    static Summary summary(Path folder, CommandLine line) {
        if (!Files.exists(folder.resolve("summary.json"))) {
            throw new ParameterException(
                    line,
                    folder + (Files.isDirectory(folder) ? " has no summary.json" : " is not a folder")
                            + "; name the folder of a finished load in the outbox");
        }
        return Summaries.read(folder);
    }
}
