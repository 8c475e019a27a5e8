package org.catalogdrop.app;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Checks a finished outbox folder against its drop.")
final class VerifyCommand implements Callable<Integer> {

    @Parameters(paramLabel = "OUTBOX-FOLDER")
    private Path folder;

    @Override
    public Integer call() {
        return org.catalogdrop.results.Summaries.read(folder).exitStatus();
    }
}
