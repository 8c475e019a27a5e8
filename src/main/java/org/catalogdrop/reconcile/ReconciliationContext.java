package org.catalogdrop.reconcile;

import java.util.Optional;
import java.util.function.Supplier;
import org.catalogdrop.model.Marker;

/**
 * What is known of adds other than those looked for.
 *
 * @param ours gives the elements that adds of ours have made; only asked for adds, since that costs a reading of the journal
 * @param inDoubt all adds in doubt, those looked for included
 * @param made what this process has made lately
 * @param keyed whether of adds that are not found their keys decide, so that an element of their name is no riddle
 * @param users who our requests make elements as
 * @param earlier whether an earlier run sent the adds looked for
 * @param names what the API makes of names
 * @param marker what each of the adds looked for carries, if they do
 */
public record ReconciliationContext(
        Supplier<ClaimedElements> ours,
        InDoubtAddIndex inDoubt,
        RecentWrites made,
        boolean keyed,
        OwnUsers users,
        boolean earlier,
        StoredNames names,
        Optional<Marker> marker) {}
