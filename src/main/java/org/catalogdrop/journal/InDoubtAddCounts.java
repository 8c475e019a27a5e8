package org.catalogdrop.journal;

import java.util.Map;

/**
 * How many adds are in doubt, by {@link org.catalogdrop.model.Operation.Add#content()}.
 *
 * @param open adds without an outcome, which will be looked up
 * @param ended adds whose outcome is in doubt
 */
public record InDoubtAddCounts(Map<Integer, Integer> open, Map<Integer, Integer> ended) {}
