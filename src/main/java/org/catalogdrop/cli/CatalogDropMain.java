package org.catalogdrop.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.catalogdrop.cli.log.Logging;
import org.catalogdrop.cli.output.CommandFaults;
import org.catalogdrop.cli.output.CommandOutput;
import org.catalogdrop.cli.output.StatusLine;
import org.catalogdrop.cli.output.UsageFaults;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
        name = "catalog-drop",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        description =
                "Loads CSV, JSON and Excel files into Kommo (amoCRM) lists: each row adds, updates or deletes an element.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "If no command is given, the command is run.",
            "Settings come from application.properties, the environment (KOMMO_BASE_URL) and -Dkommo.base-url=…; see docs/settings.md.",
            "Exit status: 0 = every row accepted, or there was nothing to load; 1 = stopped before the end, run it again to resume; 2 = wrong usage or settings;",
            "3 = finished, some rows rejected; 4 = a drop was refused as a whole; 5 = finished, some rows in doubt."
        })
public final class CatalogDropMain implements Runnable {

    private static final List<Class<?>> COMMANDS = List.of(
            RunCommand.class,
            LoadCommand.class,
            PlanCommand.class,
            UndoCommand.class,
            ListCommand.class,
            StatusCommand.class,
            ForgetCommand.class,
            MappingCommand.class,
            KeysCommand.class,
            JournalCommand.class,
            LoginCommand.class,
            BlockCommand.class,
            VerifyCommand.class,
            SandboxCommand.class,
            DemoCommand.class,
            HelpCommand.class);

    @Spec
    private CommandSpec spec;

    private CatalogDropMain() {}

    /** Ends the process with an exit status of {@code docs/commands.md}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (Utf8Process.isNeeded()) {
            ProcessEnd.exit(Utf8Process.run(CatalogDropMain.class));
            return;
        }
        String[] args = Utf8Process.arguments(CatalogDropMain.class, arguments);
        StatusLine.prepare();
        Logging.toStderr(ProgramFolder.find());
        Warmup.begin();
        // Not System.out, which reports nothing when it cannot write.
        CommandOutput output = new CommandOutput(StatusLine.besideTerminal(new FileOutputStream(FileDescriptor.out)));
        String[] command = args.length == 0 ? new String[] {"run"} : args;
        ProcessEnd.exit(commandLine(output, commands(command[0])).execute(command));
    }

    public static CommandLine commandLine() {
        return commandLine(new CommandOutput(System.out));
    }

    public static CommandLine commandLine(CommandOutput output) {
        return commandLine(output, COMMANDS);
    }

    /** Returns the command with this name, since making all of them takes a twentieth of a start; all if there is none, or all are needed. */
    private static List<Class<?>> commands(String name) {
        return COMMANDS.stream()
                .filter(command -> command != HelpCommand.class
                        && command.getAnnotation(Command.class).name().equals(name))
                .findFirst()
                .<List<Class<?>>>map(List::of)
                .orElse(COMMANDS);
    }

    private static CommandLine commandLine(CommandOutput output, List<Class<?>> commands) {
        CommandLine line = new CommandLine(new CatalogDropMain());
        commands.forEach(line::addSubcommand);
        line.setExecutionStrategy(output);
        line.setExecutionExceptionHandler(new CommandFaults());
        line.setParameterExceptionHandler(new UsageFaults(line.getParameterExceptionHandler()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(output.writer());
        line.setErr(new PrintWriter(System.err, true, java.nio.charset.StandardCharsets.UTF_8));
        return line;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
