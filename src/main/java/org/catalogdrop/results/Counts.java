package org.catalogdrop.results;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.catalogdrop.model.Status;

/**
 * The rows counted so far. Immutable.
 *
 * @param rows rows with an outcome
 * @param byAction rows by {@code add}, {@code update}, {@code delete}, and {@code none} for rows without a valid action; always all four
 * @param byStatus rows by status; always all of them
 * @param rejectsByCode rejected rows by the word of their code, the most frequent first; without zeros
 */
public record Counts(
        long rows, Map<String, Long> byAction, Map<Status, Long> byStatus, Map<String, Long> rejectsByCode) {

    public Counts {
        byAction = Map.copyOf(byAction);
        byStatus = Map.copyOf(byStatus);
        rejectsByCode = Collections.unmodifiableMap(new LinkedHashMap<>(rejectsByCode));
    }

    /** Returns how many rows ended in a status. */
    public long count(Status status) {
        return byStatus.getOrDefault(status, 0L);
    }
}
