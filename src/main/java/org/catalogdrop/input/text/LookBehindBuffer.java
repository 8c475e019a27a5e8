package org.catalogdrop.input.text;

import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.input.stream.BlockStream;

/**
 * The text for a parser of CSV, of which the last part is kept. The parser does not report whether a cell was in quotes, and that
 * distinguishes a blank line from a row with a single empty cell. Used by one thread.
 */
public final class LookBehindBuffer extends BlockStream {

    /** More than what the parser's buffers together hold beyond the record that it returned last. */
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

    /** Returns whether two characters are next to each other in what is kept. */
    public boolean contains(char first, char second) {
        int last = (int) Math.min(given, kept.length) - 1;
        for (int i = 0; i < last; i++) {
            if (kept[i] == first && kept[i + 1] == second) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether the line of the last record has only blanks and no quotes. */
    public boolean isBlank(CSVRecord record) {
        if (record.size() != 1 || !record.get(0).isBlank()) {
            return false;
        }
        String cell = record.get(0);
        if (cell.indexOf('\n') >= 0 || cell.indexOf('\r') >= 0) {
            return false;
        }
        // A line of blanks ends where they do. With quotes around them more characters follow.
        long end = record.getCharacterPosition() + cell.length();
        if (end >= given) {
            return true;
        }
        byte next = kept[(int) (end % kept.length)];
        return end >= given - kept.length && (next == '\n' || next == '\r');
    }
}
