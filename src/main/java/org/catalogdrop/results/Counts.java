package org.catalogdrop.results;

import java.util.Map;
import org.catalogdrop.model.Status;

/**
 * Rows counted so far; a copy that does not change.
 *
 * @param rows the rows that have an outcome
 * @param byAction rows by {@code add}, {@code update}, {@code delete}, and {@code none} for those without a usable action; all four
 * @param byStatus rows by outcome; all six
 */
public record Counts(long rows, Map<String, Long> byAction, Map<Status, Long> byStatus) {

    public Counts {
        byAction = Map.copyOf(byAction);
        byStatus = Map.copyOf(byStatus);
    }

    /** Rows that ended so. */
    public long count(Status status) {
        return byStatus.getOrDefault(status, 0L);
    }
}
