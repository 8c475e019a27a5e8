package org.catalogdrop.journal;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.codec.RowState.Doubtful;
import org.catalogdrop.journal.codec.RowState.Settled;
import org.catalogdrop.model.Status;

/**
 * Counts the rows of a drop that are in any request.
 *
 * @param counts rows by outcome, without zeros
 * @param doubtful rows without an outcome that may have been applied
 */
record RowCounts(Map<Status, Long> counts, long doubtful) {

    static RowCounts of(DropProgress progress) {
        long[] settledAs = new long[Status.values().length];
        long doubtful = 0;
        for (Optional<RowState> row = progress.next(); row.isPresent(); row = progress.next()) {
            if (row.get() instanceof Settled settled) {
                settledAs[settled.status().ordinal()]++;
            } else if (row.get() instanceof Doubtful) {
                doubtful++;
            }
        }
        Map<Status, Long> counts = new EnumMap<>(Status.class);
        for (Status status : Status.values()) {
            if (settledAs[status.ordinal()] > 0) {
                counts.put(status, settledAs[status.ordinal()]);
            }
        }
        return new RowCounts(counts, doubtful);
    }

    long count(Status status) {
        return counts.getOrDefault(status, 0L);
    }

    long inDoubt() {
        return count(Status.IN_DOUBT) + doubtful;
    }
}
