package org.catalogdrop.journal.codec;

/**
 * Packs the rows of a request as runs of consecutive numbers, each as its distance from the run before and its length less one. A chunk
 * of consecutive rows takes a handful of bytes. Used by one thread.
 */
public final class RowNumbers {
    private final ByteReader reader;
    private long last;
    private long left;

    /** Iterates over packed rows. */
    public RowNumbers(byte[] packed) {
        reader = new ByteReader(packed);
    }

    public boolean hasNext() {
        return left > 0 || reader.hasMore();
    }

    public long next() {
        if (left == 0) {
            last += reader.unsigned();
            left = reader.unsigned() + 1;
        }
        left--;
        return ++last;
    }

    /** @param rows strictly ascending, from 1 */
    public static byte[] pack(long[] rows) {
        ByteWriter writer = new ByteWriter();
        long last = 0;
        int start = 0;
        while (start < rows.length) {
            int end = start + 1;
            while (end < rows.length && rows[end] == rows[end - 1] + 1) {
                end++;
            }
            writer.unsigned(rows[start] - last - 1);
            writer.unsigned(end - start - 1L);
            last = rows[end - 1];
            start = end;
        }
        return writer.toBytes();
    }

    /** The difference between request_id and number of each row, as {@link #packRequestIds} packs it. */
    public static final class Distances {
        private final ByteReader reader;
        private long distance;
        private long left;

        public Distances(byte[] packed) {
            reader = new ByteReader(packed);
        }

        /** Returns the difference of the next row; 0 for all if nothing was packed. */
        public long next() {
            if (left == 0 && reader.hasMore()) {
                distance += reader.signed();
                left = reader.unsigned() + 1;
            }
            left--;
            return distance;
        }
    }

    /**
     * Packs the request_ids of the rows as runs of equal differences from the row number, each as the change of that difference and its
     * length less one; nothing at all if every request_id is its row's number. It is evidence of what was sent. A resume does not need
     * it, because it reads the rows again.
     */
    public static byte[] packRequestIds(long[] rows, int[] requestIds) {
        ByteWriter writer = new ByteWriter();
        long last = 0;
        boolean differ = false;
        int start = 0;
        while (start < rows.length) {
            long distance = requestIds[start] - rows[start];
            int end = start + 1;
            while (end < rows.length && requestIds[end] - rows[end] == distance) {
                end++;
            }
            differ |= distance != 0;
            writer.signed(distance - last);
            writer.unsigned(end - start - 1L);
            last = distance;
            start = end;
        }
        return differ ? writer.toBytes() : new byte[0];
    }
}
