package org.catalogdrop.reconcile;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * What the journal knows of elements that adds of ours have made.
 *
 * @param claimed whether an element belongs to another row already
 * @param highest by list, the highest element id seen before the adds in doubt were sent; a list of which nothing was seen is left out
 */
public record ClaimedElements(LongPredicate claimed, Map<Long, Long> highest) {

    OptionalLong highest(long list) {
        Long id = highest.get(list);
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }
}
