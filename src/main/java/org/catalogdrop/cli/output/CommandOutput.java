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

/** The standard output of commands. If some of it could not be written, the command does not end with 0, whatever it did. */
public final class CommandOutput extends FilterOutputStream implements IExecutionStrategy {

    /** Thrown if something could not be written. It is a type of its own, because other files can be too full as well. */
    static final class Lost extends IOException {

        private static final long serialVersionUID = 1L;

        private Lost(IOException cause) {
            super(cause.getMessage(), cause);
        }

        /** Returns whether the reader of the output has closed it, as {@code head} does: that is no fault and is not reported. */
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

    /** Returns the output of a command, for data that is not text. */
    public static CommandOutput of(CommandSpec command) {
        return (CommandOutput) command.commandLine().getExecutionStrategy();
    }

    /** Returns a writer for text. It does not throw; {@link #execute} checks it. */
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

    /** Prevents writing after a gap: a reader must not take what follows for what comes next. */
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
