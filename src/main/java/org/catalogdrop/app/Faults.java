package org.catalogdrop.app;

import org.apache.camel.util.ObjectHelper;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What ends a command: told in words, with the exit status that fits. Only a fault of ours shows its trace. */
final class Faults implements IExecutionExceptionHandler {

    static final int STOPPED = 1;
    static final int USAGE = 2;
    private static final int REFUSED = 4;

    @Override
    public int handleExecutionException(Exception fault, CommandLine line, ParseResult parsed) {
        SettingsFault settings = ObjectHelper.getException(SettingsFault.class, fault);
        if (settings != null) {
            line.getErr().println(settings.getMessage());
            return USAGE;
        }
        RoutesFault routes = ObjectHelper.getException(RoutesFault.class, fault);
        if (routes != null) {
            line.getErr().println(routes.getMessage());
            return USAGE;
        }
        Output.Lost lost = ObjectHelper.getException(Output.Lost.class, fault);
        if (lost != null) {
            return lost.tell(line);
        }
        DropRefused refused = ObjectHelper.getException(DropRefused.class, fault);
        if (refused != null) {
            Problem why = refused.problem();
            line.getErr().println("the file cannot be used (" + why.code().word() + "): " + why.message());
            return REFUSED;
        }
        RunHalted halted = ObjectHelper.getException(RunHalted.class, fault);
        if (halted != null) {
            line.getErr()
                    .println(
                            "stopped before the end (" + halted.problem().code().word() + "): " + halted.getMessage());
            return STOPPED;
        }
        line.getErr().println("A fault of the program; please report it with what follows.");
        fault.printStackTrace(line.getErr());
        return STOPPED;
    }
}
