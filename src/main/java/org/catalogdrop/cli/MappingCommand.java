package org.catalogdrop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code mapping}. */
@Command(
        name = "mapping",
        mixinStandardHelpOptions = true,
        description = "Makes, checks and accepts mapping files (docs/mapping.md).",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {MappingInitCommand.class, MappingCheckCommand.class, MappingAcceptCommand.class})
final class MappingCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say one of init, check or accept");
    }
}
