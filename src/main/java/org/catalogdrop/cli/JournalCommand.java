package org.catalogdrop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code journal}. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description =
                "Moves the journal between the state folder and PostgreSQL, and accepts one that was restored (docs/several-machines.md).",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {JournalCopyCommand.class, AcceptRestoredCommand.class})
final class JournalCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say copy or accept-restored");
    }
}
