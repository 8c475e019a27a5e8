package org.catalogdrop.chunk;

/**
 * The limits of a chunk, and of how far it may stay behind the reading.
 *
 * @param size most operations in a chunk, at least 1
 * @param rowSpan most rows between a chunk's first row and the row being read, at least 0
 * @param fullSpan the same for rows that have cells, at least 0; a released row takes no memory while it waits
 * @param weight most characters read since a chunk's first row, roughly, at least 0; a single row may exceed it
 */
public record ChunkLimits(int size, long rowSpan, long fullSpan, long weight) {

    /** @throws IllegalArgumentException if a limit is out of range */
    public ChunkLimits {
        if (size < 1 || rowSpan < 0 || fullSpan < 0 || weight < 0) {
            throw new IllegalArgumentException(
                    "A chunk needs size >= 1, rowSpan >= 0, fullSpan >= 0 and weight >= 0; found size " + size
                            + ", rowSpan " + rowSpan + ", fullSpan " + fullSpan + ", weight " + weight + ".");
        }
    }

    /** Makes limits for rows that all have cells. */
    public ChunkLimits(int size, long rowSpan, long weight) {
        this(size, rowSpan, rowSpan, weight);
    }
}
