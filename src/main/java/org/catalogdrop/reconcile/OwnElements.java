package org.catalogdrop.reconcile;

import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongPredicate;

/**
 * What the journal knows of elements that our adds have made.
 *
 * @param claimed whether an element already belongs to another row
 * @param highest the highest element id seen in each list before the adds in doubt were sent; lists of which nothing was seen are left
 *     out
 */
public record OwnElements(LongPredicate claimed, Map<Long, Long> highest) {

    OptionalLong highest(long list) {
        Long id = highest.get(list);
        return id == null ? OptionalLong.empty() : OptionalLong.of(id);
    }
}
