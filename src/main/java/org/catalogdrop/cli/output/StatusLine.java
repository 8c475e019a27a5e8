package org.catalogdrop.cli.output;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Optional;

/**
 * The last line of a terminal, which is redrawn. All other output to the terminal erases it first, and so begins on a line of its own.
 * Safe for many threads.
 */
public final class StatusLine {

    private static final String ERASE = "\r\033[K";

    private static volatile Optional<StatusLine> ofTerminal = Optional.empty();

    private final PrintStream terminal;
    private boolean drawn;
    private boolean lineBegun;

    public StatusLine(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Prepares standard error for it, if this process has a terminal. Call it before anybody uses {@code System.err}. */
    public static void prepare() {
        if (Terminal.console().isEmpty()) {
            return;
        }
        StatusLine line = new StatusLine(System.err);
        Charset charset = Charset.forName(System.getProperty(
                "stderr.encoding",
                System.getProperty(
                        "sun.stderr.encoding", Charset.defaultCharset().name())));
        System.setErr(new PrintStream(line.beside(System.err), true, charset));
        ofTerminal = Optional.of(line);
    }

    /** Returns the line of the terminal; empty if the process has none. */
    public static Optional<StatusLine> ofTerminal() {
        return ofTerminal;
    }

    /** Returns a stream to the same terminal; each write to it erases the line first. */
    public static OutputStream besideTerminal(OutputStream stream) {
        return ofTerminal.map(line -> line.beside(stream)).orElse(stream);
    }

    OutputStream beside(OutputStream stream) {
        return new Beside(stream);
    }

    /** Draws the line, unless other output has begun a line and not ended it. */
    synchronized void draw(String text) {
        if (!lineBegun) {
            terminal.print(ERASE + text);
            terminal.flush();
            drawn = true;
        }
    }

    synchronized void erase() {
        if (drawn) {
            terminal.print(ERASE);
            terminal.flush();
            drawn = false;
        }
    }

    private final class Beside extends FilterOutputStream {

        Beside(OutputStream stream) {
            super(stream);
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (length == 0) {
                return;
            }
            synchronized (StatusLine.this) {
                erase();
                out.write(bytes, offset, length);
                lineBegun = bytes[offset + length - 1] != '\n';
            }
        }
    }
}
