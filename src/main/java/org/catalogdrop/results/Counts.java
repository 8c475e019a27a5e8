package org.catalogdrop.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.catalogdrop.model.Status;

/**
 * Rows counted so far; a copy that does not change.
 *
 * @param rows the rows that have an outcome
 * @param byAction rows by {@code add}, {@code update}, {@code delete}, and {@code none} for those without a usable action; all four
 * @param byStatus rows by outcome; all of them
 * @param rejectsByCode rejected rows by the word of their code, the most first; no zeros
 */
public record Counts(
        long rows, Map<String, Long> byAction, Map<Status, Long> byStatus, Map<String, Long> rejectsByCode) {

    public Counts {
        byAction = Map.copyOf(byAction);
        byStatus = Map.copyOf(byStatus);
        rejectsByCode = Collections.unmodifiableMap(new LinkedHashMap<>(rejectsByCode));
    }

    /** Rows that ended so. */
    public long count(Status status) {
        return byStatus.getOrDefault(status, 0L);
    }
}
