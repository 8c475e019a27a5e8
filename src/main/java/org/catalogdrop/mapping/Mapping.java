package org.catalogdrop.mapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Verdict;

/**
 * What gives rows their meaning. One instance for one pass over one drop, from its first row and in order: it remembers the
 * request_ids of the rows it took, so that a later pass comes to the same verdicts. Not safe for many threads.
 */
public interface Mapping {

    /** Returns what a row asks for, or why it will not be taken; a row's problem is a value. */
    Verdict verdict(Row row);

    /** Returns where the keys of the rows stand in the account, if the rows are upserts. */
    default Optional<KeyLocation> keyPlace() {
        return Optional.empty();
    }

    /** Returns whether rows of these columns may name their request_id; if not, the verdict on a row follows from itself alone. */
    boolean namesRequestIds(List<String> columns);

    /** What is strange about the rows so far and is loaded all the same: sentences without a full stop, to be reported once. */
    default List<String> remarks() {
        return List.of();
    }

    /** The names of columns whose cells were ignored and should be told, the first of them, in order. */
    Set<String> unknownColumns();
}
