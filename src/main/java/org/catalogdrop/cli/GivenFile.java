package org.catalogdrop.cli;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.catalogdrop.model.SafeText;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A file that the command line names as a drop. */
final class GivenFile {

    private GivenFile() {}

    /** @throws ParameterException if it cannot be a drop; links are none, as in the inbox */
    static void check(CommandSpec spec, Path file) {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ParameterException(
                    spec.commandLine(),
                    SafeText.of(file.toString())
                            + " is not a file that can be loaded (it does not exist, or is a folder or a link)");
        }
    }
}
