package org.catalogdrop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code block}. */
@Command(
        name = "block",
        mixinStandardHelpOptions = true,
        description = "Lifts a block of the API that is noted here (docs/rate-limit.md).",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = BlockLiftCommand.class)
final class BlockCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say lift");
    }
}
