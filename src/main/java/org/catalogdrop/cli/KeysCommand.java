package org.catalogdrop.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code keys}. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "Maintains the keys by which rows find their elements (docs/keys.md).",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = KeysSyncCommand.class)
final class KeysCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say sync");
    }
}
