package org.catalogdrop.cli.output;

import java.util.List;
import org.catalogdrop.mapping.Suggestions;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Proposes a command for a word that is none. All other faults of a command line are left to the standard handler.
 *
 * @param standard picocli's own handler
 */
public record UsageFaults(IParameterExceptionHandler standard) implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException fault, String[] arguments) throws Exception {
        CommandLine command = fault.getCommandLine();
        List<String> commands = List.copyOf(command.getSubcommands().keySet());
        if (!(fault instanceof UnmatchedArgumentException unmatched)
                || unmatched.isUnknownOption()
                || commands.isEmpty()) {
            return standard.handleParseException(fault, arguments);
        }
        String word = unmatched.getUnmatched().get(0);
        command.getErr()
                .println("There is no command '" + word + "'. "
                        + Suggestions.of(word, commands)
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("Expected one of: " + String.join(", ", commands) + "."));
        return ExitStatus.USAGE;
    }
}
