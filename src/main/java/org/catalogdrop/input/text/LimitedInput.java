package org.catalogdrop.input.text;

import java.io.IOException;
import java.io.InputStream;
import org.catalogdrop.input.stream.Magic;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;

/**
 * The text of a drop for a parser, with limits. A parser keeps a row in memory until its end. So memory is bounded if no more than a
 * row's worth of bytes is returned between two calls of {@link #mark}. Faults are thrown as {@link DropRefused} or
 * {@link org.catalogdrop.model.RunHalted}, never as IOException, so that they pass through parsers unchanged. Used by one thread.
 */
public final class LimitedInput extends InputStream {

    /** More than what the parsers' buffers together hold beyond the current row. */
    private static final int READ_AHEAD = 1 << 16;

    private static final int MOST_AT_ONCE = 1 << 14;

    private final InputStream text;
    private final long most;
    private final long room;
    private final int rowBytes;
    private long given;
    private long marked;
    private long row;
    private long line;
    private boolean ended;

    /** @param most the most bytes in all */
    public LimitedInput(InputStream text, long most, int rowBytes) {
        this.text = text;
        this.most = most;
        this.rowBytes = rowBytes;
        this.room = (long) rowBytes + READ_AHEAD;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (given - marked > room) {
            throw endless();
        }
        int n = readText(buffer, offset, Math.min(length, MOST_AT_ONCE));
        if (n < 0) {
            ended = true;
            return n;
        }
        for (int i = offset; i < offset + n; i++) {
            if (buffer[i] == 0) {
                throw Magic.zeroByte(given + i - offset + 1, place());
            }
        }
        given += n;
        if (given > most) {
            throw ReadFaults.tooLarge(most);
        }
        return n;
    }

    private int readText(byte[] buffer, int offset, int length) {
        try {
            return text.read(buffer, offset, length);
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** Begins a new row's worth of bytes, because a row has come out. */
    public void mark(long rowNumber, long startLine) {
        row = rowNumber;
        line = startLine;
        marked = given;
    }

    /** Begins a new row's worth of bytes, because the reader keeps nothing of what was returned so far. */
    public void mark() {
        marked = given;
    }

    /** Returns whether the end of the text was reached. */
    public boolean ended() {
        return ended;
    }

    private String place() {
        return row == 0 ? "before the end of the first row" : "after row " + row + ", which starts on line " + line;
    }

    private DropRefused endless() {
        return new DropRefused(
                Code.ENDLESS_LINE,
                "A row is longer than " + rowBytes + " bytes (" + place()
                        + "). A quote that is not closed"
                        + " or a missing line end is the usual cause. Fix that row, or raise drop.row-limit, and drop the file again.");
    }

    /** Leaves the file open: parsers close what they read, and the rest of the file must still be digested. */
    @Override
    public void close() {}
}
