package org.catalogdrop.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.catalogdrop.journal.codec.RowNumbers;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;

/**
 * A chunk in its stored form. The sending thread encodes it, so that the writer has less to do.
 *
 * @param rows its row numbers, ascending
 * @param rowNumbers the same, packed
 * @param requestIds their request_ids, packed
 * @param contents for adds, {@link Operation.Add#content()} of each row, 4 bytes each; else empty
 */
record StoredChunk(long[] rows, byte[] rowNumbers, byte[] requestIds, byte[] contents) {

    private static final Comparator<Operation> BY_ROW =
            Comparator.comparingLong(operation -> operation.row().number());

    /** @throws IllegalArgumentException if the chunk has no rows, one twice, or one below 1 */
    static StoredChunk of(Chunk chunk) {
        List<Operation> sorted = sorted(chunk.operations());
        if (sorted.isEmpty()) {
            throw new IllegalArgumentException("a chunk has no rows");
        }
        long[] rows = new long[sorted.size()];
        int[] requestIds = new int[rows.length];
        ByteBuffer contents = ByteBuffer.allocate(4 * rows.length);
        for (int i = 0; i < rows.length; i++) {
            Operation operation = sorted.get(i);
            rows[i] = operation.row().number();
            requestIds[i] = operation.requestId();
            if (rows[i] <= (i == 0 ? 0 : rows[i - 1])) {
                throw new IllegalArgumentException("a chunk has row " + rows[i] + " twice, or rows below 1");
            }
            if (operation instanceof Operation.Add add) {
                contents.putInt(add.content());
            }
        }
        byte[] written = contents.position() == 0 ? new byte[0] : contents.array();
        return new StoredChunk(rows, RowNumbers.pack(rows), RowNumbers.packRequestIds(rows, requestIds), written);
    }

    /** Returns the operations in row order. They are already sorted unless a part of them is sent again. */
    private static List<Operation> sorted(List<Operation> operations) {
        long last = Long.MIN_VALUE;
        for (Operation operation : operations) {
            if (operation.row().number() < last) {
                List<Operation> sorted = new ArrayList<>(operations);
                sorted.sort(BY_ROW);
                return sorted;
            }
            last = operation.row().number();
        }
        return operations;
    }
}
