package org.catalogdrop.mapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Verdict;

/**
 * Gives rows their meaning. An instance is used for one pass over one drop, from its first row and in order: it keeps the request_ids of
 * the rows it accepted, so that a later pass comes to the same verdicts. Not safe for many threads.
 */
public interface Mapping {

    /** Returns what a row asks for, or why it is rejected. A problem of a row is a value, not an exception. */
    Verdict verdict(Row row);

    /** Returns where the keys of the rows are in the account, if the rows are upserts. */
    default Optional<KeyLocation> keyPlace() {
        return Optional.empty();
    }

    /** Returns whether rows with these columns may name their request_id. If not, the verdict on a row depends on that row alone. */
    boolean namesRequestIds(List<String> columns);

    /** Returns remarks about rows that look odd and are loaded anyway: sentences without a full stop, to be reported once. */
    default List<String> remarks() {
        return List.of();
    }

    /** Returns the names of columns whose cells were ignored, the first of them, in order. */
    Set<String> unknownColumns();
}
