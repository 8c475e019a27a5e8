package org.catalogdrop.input.csv;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.catalogdrop.input.text.LimitedInput;

/** A row at which a pass over CSV may begin, without those before it. {@link org.catalogdrop.input.DropReader#seek} finds it. */
public final class CsvPlace {

    private final long rows;
    private final long line;
    private final long bytes;
    private final byte[] header;

    /**
     * @param rows the number of rows before it
     * @param line the line on which it begins
     * @param bytes the bytes of text before it, including the header
     * @param header the text up to the end of the header
     */
    CsvPlace(long rows, long line, long bytes, byte[] header) {
        this.rows = rows;
        this.line = line;
        this.bytes = bytes;
        this.header = header;
    }

    /** Returns the number of rows before it. */
    public long rows() {
        return rows;
    }

    /** Returns the line on which it begins. */
    public long line() {
        return line;
    }

    /** Returns the text without the rows before this place. All of it is still read, and limited. */
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
