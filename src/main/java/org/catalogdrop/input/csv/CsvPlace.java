package org.catalogdrop.input.csv;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.catalogdrop.input.text.LimitedInput;

/** Where a pass over CSV may begin: at a row, without those before it. Found by {@link org.catalogdrop.input.DropReader#seek}. */
public final class CsvPlace {

    private final long rows;
    private final long line;
    private final long bytes;
    private final byte[] header;

    /**
     * @param rows how many rows are before it
     * @param line the line on which it begins
     * @param bytes how much text is before it, the header included
     * @param header the text up to the end of the header
     */
    CsvPlace(long rows, long line, long bytes, byte[] header) {
        this.rows = rows;
        this.line = line;
        this.bytes = bytes;
        this.header = header;
    }

    /** Returns how many rows are before it. */
    public long rows() {
        return rows;
    }

    /** Returns the line on which it begins. */
    public long line() {
        return line;
    }

    /** Returns the text without the rows before this place; all of it is read all the same, and held to the limits. */
    public InputStream text(LimitedInput whole) {
        byte[] block = new byte[1 << 14];
        long left = bytes;
        while (left > 0) {
            int n = whole.read(block, 0, (int) Math.min(block.length, left));
            whole.mark();
            if (n < 0) {
                break;
            }
            left -= n;
        }
        return new SequenceInputStream(new ByteArrayInputStream(header), whole);
    }
}
