package org.catalogdrop.input.text;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.input.stream.BlockStream;

/**
 * The text on its way to a parser of CSV, of which the last part is kept: the parser does not tell whether a cell stood in quotes, and
 * that is the difference between a line that is blank and a row whose only cell is.
 */
public final class LookBehindBuffer extends BlockStream {

    /** More than the parser's buffers together hold beyond the record it gave last. */
    private static final int KEPT = 1 << 16;

    private final InputStream text;
    private final byte[] kept;
    private long given;

    public LookBehindBuffer(InputStream text) {
        this(text, KEPT);
    }

    public LookBehindBuffer(InputStream text, int kept) {
        this.text = text;
        this.kept = new byte[kept];
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = text.read(buffer, offset, Math.min(length, kept.length));
        if (n > 0) {
            int at = (int) (given % kept.length);
            int first = Math.min(n, kept.length - at);
            System.arraycopy(buffer, offset, kept, at, first);
            System.arraycopy(buffer, offset + first, kept, 0, n - first);
            given += n;
        }
        return n;
    }

    /** Returns whether two signs stand beside each other in what is kept. */
    public boolean contains(char first, char second) {
        int last = (int) Math.min(given, kept.length) - 1;
        for (int i = 0; i < last; i++) {
            if (kept[i] == first && kept[i + 1] == second) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether nothing but blanks stands on the line of a record, no quotes either; asked of the record that came last. */
    public boolean isBlank(CSVRecord record) {
        if (record.size() != 1 || !record.get(0).isBlank()) {
            return false;
        }
        String cell = record.get(0);
        if (cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0) {
            return false;
        }
        // A line of blanks ends where they do; with quotes around them there is still something to come.
        long end = record.getCharacterPosition() + cell.length();
        if (end >= given) {
            return true;
        }
        byte next = kept[(int) (end % kept.length)];
        return end >= given - kept.length && (next == '\n' || next == '\r');
    }
}
