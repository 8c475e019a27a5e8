package org.catalogdrop.journal;

import java.util.Map;

/**
 * How many adds are in doubt, by {@link org.catalogdrop.model.Operation.Add#content()}.
 *
 * @param open those without an outcome: they will be looked up
 * @param ended those that ended so
 */
public record InDoubtAddCounts(Map<Integer, Integer> open, Map<Integer, Integer> ended) {}
