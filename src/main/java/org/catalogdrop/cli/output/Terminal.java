package org.catalogdrop.cli.output;

import java.io.Console;
import java.util.Optional;

/** The terminal of this process. */
public final class Terminal {

    private Terminal() {}

    /** Returns the console; empty if input or output is a file or a pipe. From JDK 22 on the JDK returns a console for these too. */
    @SuppressWarnings("SystemConsoleNull")
    public static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Terminal::isTerminal);
    }

    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException older) {
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The JDK does not say whether its console is a terminal.", e);
        }
    }
}
