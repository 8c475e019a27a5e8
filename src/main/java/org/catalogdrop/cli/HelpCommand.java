package org.catalogdrop.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code help COMMAND…}; picocli's own looks only at the first word. */
@Command(
        name = "help",
        helpCommand = true,
        description = "Shows the help of a command, for example: help mapping init.")
final class HelpCommand implements Runnable {

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "COMMAND", arity = "0..*", description = "The command, and its subcommand if it has any.")
    private List<String> words = List.of();

    @Override
    public void run() {
        CommandLine top = spec.parent().commandLine();
        CommandLine found = top;
        for (String word : words) {
            CommandLine next = found.getSubcommands().get(word);
            if (next == null) {
                throw new ParameterException(
                        found,
                        "'" + word + "' is no command of "
                                + found.getCommandSpec().qualifiedName() + ".");
            }
            found = next;
        }
        found.usage(top.getOut());
    }
}
