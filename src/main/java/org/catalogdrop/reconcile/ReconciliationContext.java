package org.catalogdrop.reconcile;

import java.util.Optional;
import java.util.function.Supplier;
import org.catalogdrop.model.Marker;

/**
 * What is known of adds other than those in doubt.
 *
 * @param ours returns the elements that our adds have made; called only for adds, because it reads the journal
 * @param inDoubt counts all adds in doubt, including those looked up
 * @param made the elements that this process has recently made
 * @param keyed whether keys decide about adds that are not found, so that another element of their name does not matter
 * @param users the users in whose name our requests create elements
 * @param earlier whether an earlier run sent the adds
 * @param names learns how the API stores names
 * @param marker the marker of each of the adds; empty if they have none
 */
public record ReconciliationContext(
        Supplier<OwnElements> ours,
        InDoubtAddIndex inDoubt,
        RecentWrites made,
        boolean keyed,
        OwnUsers users,
        boolean earlier,
        StoredNameRules names,
        Optional<Marker> marker) {}
