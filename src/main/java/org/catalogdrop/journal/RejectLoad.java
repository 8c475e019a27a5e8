package org.catalogdrop.journal;

import java.time.Instant;
import java.util.List;

/**
 * Rows of a rejects file that were put into the inbox as a drop. Immutable.
 *
 * @param id its number; 0 for one that is not recorded yet. Later loads have higher ones
 * @param folder the name of the results folder with the rejects file
 * @param file the name of the rejects file
 * @param source SHA-256 of the rejects file then
 * @param name the name of the drop
 * @param digest SHA-256 of the drop
 * @param at when
 * @param rows the rows, in the order of both files
 */
public record RejectLoad(
        long id,
        String folder,
        String file,
        String source,
        String name,
        String digest,
        Instant at,
        List<LoadedReject> rows) {

    /**
     * A row.
     *
     * @param number its number in the rejects file
     * @param content a hash of its cells there
     */
    public record LoadedReject(long number, String content) {}

    /** Returns a load that is not recorded yet, and so has no number and time. */
    public static RejectLoad of(
            String folder, String file, String source, String name, String digest, List<LoadedReject> rows) {
        return new RejectLoad(0, folder, file, source, name, digest, Instant.EPOCH, List.copyOf(rows));
    }

    RejectLoad with(List<LoadedReject> others) {
        return new RejectLoad(id, folder, file, source, name, digest, at, others);
    }

    RejectLoad with(long number, Instant time) {
        return new RejectLoad(number, folder, file, source, name, digest, time, rows);
    }
}
