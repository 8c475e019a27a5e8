package org.catalogdrop.cli.output;

import java.nio.file.FileSystemException;
import org.apache.camel.util.ObjectHelper;
import org.catalogdrop.camel.RoutesFault;
import org.catalogdrop.config.SettingsFault;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.SafeText;
import org.catalogdrop.results.NextStep;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Reports the exception that ends a command in words, with the fitting exit status. Only a bug shows its stack trace. */
public final class CommandFaults implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception fault, CommandLine line, ParseResult parsed) {
        SettingsFault settings = ObjectHelper.getException(SettingsFault.class, fault);
        if (settings != null) {
            line.getErr().println(settings.getMessage());
            if (settings.getMessage().contains("kommo.token-file = ")) {
                line.getErr().println("'catalog-drop login' gets the first tokens.");
            }
            return ExitStatus.USAGE;
        }
        RoutesFault routes = ObjectHelper.getException(RoutesFault.class, fault);
        if (routes != null) {
            line.getErr().println(routes.getMessage());
            return ExitStatus.USAGE;
        }
        CommandOutput.Lost lost = ObjectHelper.getException(CommandOutput.Lost.class, fault);
        if (lost != null) {
            return lost.tell(line);
        }
        DropRefused refused = ObjectHelper.getException(DropRefused.class, fault);
        if (refused != null) {
            Problem why = refused.problem();
            line.getErr()
                    .println("the file cannot be used (" + why.code().word() + "): " + why.message()
                            + NextStep.of(why.code()));
            return ExitStatus.REFUSED;
        }
        RunHalted halted = ObjectHelper.getException(RunHalted.class, fault);
        if (halted != null) {
            line.getErr()
                    .println(
                            "stopped before the end (" + halted.problem().code().word() + "): " + halted.getMessage()
                                    + NextStep.of(halted.problem().code()));
            return ExitStatus.STOPPED;
        }
        FileSystemException disk = ObjectHelper.getException(FileSystemException.class, fault);
        if (disk != null) {
            line.getErr()
                    .println("stopped before the end (" + Code.DISK.word() + "): " + file(disk)
                            + " cannot be read or written (" + disk.getClass().getSimpleName()
                            + "). Check that it exists and that this user has the right to it, then run again.");
            return ExitStatus.STOPPED;
        }
        line.getErr().println("This is a fault of the program. Please report it with the lines below.");
        fault.printStackTrace(line.getErr());
        return ExitStatus.STOPPED;
    }

    /** Returns the file of an exception. Some file system exceptions name none. */
    private static String file(FileSystemException disk) {
        return disk.getFile() == null ? "a file" : SafeText.of(disk.getFile());
    }
}
