package org.catalogdrop.cli.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** What commands have to say, on standard output; a command whose words were lost does not end well, whatever it did. */
public final class CommandOutput extends FilterOutputStream implements IExecutionStrategy {

    /** Something could not be written; a type of its own, since other files can be too full as well. */
    static final class Lost extends IOException {

        private static final long serialVersionUID = 1L;

        private Lost(IOException cause) {
            super(cause.getMessage(), cause);
        }

        /** Who takes the output has seen enough, as {@code head} does: no fault, and nobody is told. */
        private boolean isUnwanted() {
            return "Broken pipe".equals(getMessage());
        }

        int tell(CommandLine line) {
            if (!isUnwanted()) {
                line.getErr()
                        .println("the output could not be written completely (" + getMessage()
                                + "). Do not use the part that you have."
                                + " What the command did is done; results of loads are in the outbox.");
            }
            return ExitStatus.STOPPED;
        }
    }

    private volatile Optional<IOException> fault = Optional.empty();

    public CommandOutput(OutputStream out) {
        super(out);
    }

    /** Returns the output of a command, for data that is not words. */
    public static CommandOutput of(CommandSpec command) {
        return (CommandOutput) command.commandLine().getExecutionStrategy();
    }

    /** For words; it does not throw, {@link #execute} looks. */
    public PrintWriter writer() {
        return new PrintWriter(this, true, StandardCharsets.UTF_8);
    }

    @Override
    public int execute(ParseResult parsed) {
        int status = new RunLast().execute(parsed);
        CommandLine line = parsed.commandSpec().commandLine();
        line.getOut().flush();
        return fault.isPresent() && status != ExitStatus.USAGE ? new Lost(fault.get()).tell(line) : status;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        requireWhole();
        try {
            out.write(bytes, offset, length);
        } catch (IOException lost) {
            throw lost(lost);
        }
    }

    @Override
    public void flush() throws IOException {
        requireWhole();
        try {
            out.flush();
        } catch (IOException lost) {
            throw lost(lost);
        }
    }

    /** After a gap nothing is written any more: a reader must not take what follows for what comes next. */
    private void requireWhole() throws Lost {
        if (fault.isPresent()) {
            throw new Lost(fault.get());
        }
    }

    private Lost lost(IOException lost) {
        fault = Optional.of(lost);
        return new Lost(lost);
    }
}
