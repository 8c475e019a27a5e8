package org.catalogdrop.kommo;

import java.time.Duration;
import java.time.Instant;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;

/**
 * Settles a doubt by reading back: asks for pages until it has seen enough, then judges. Used by one thread.
 */
public sealed interface LookUp permits AddLookUp, ElementLookUp {

    /** Whether another page is wanted. */
    boolean isUnfinished();

    /** Whether the account must be asked for our user before the next page, or before judging. */
    default boolean isUserWanted() {
        return false;
    }

    /** The account was asked for our user. */
    default void userTold() {}

    /** The query of the next page, as it stands in the URL. */
    String query();

    /** The next page. */
    default PageRequest next() {
        return new PageRequest(query());
    }

    /** How long to wait before the next page, so that a request still being applied has come to its end. */
    Duration pause(Instant now);

    /** Others have gone on during the pause: what was known of what is ours is to be asked anew. */
    default void resumed() {}

    /** Takes the page that was asked for. */
    void take(PageBody page);

    /** What was found is settled, what is proven absent is untouched, what cannot be decided ends in doubt. */
    Answer judge();

    /**
     * The look-up for a chunk in doubt.
     *
     * @param chunk what may have been applied, with the time of its first intent
     * @param settled when a request sent for it can no longer be under way; by the clock of {@link #pause}
     * @param known what is known of other adds
     * @param clocks how far the server's clock may be from ours
     */
    static LookUp of(Chunk chunk, Instant settled, KnownAdds known, Clocks clocks) {
        return chunk.action() == Action.ADD ? new AddLookUp(chunk, settled, known, clocks) : new ElementLookUp(chunk);
    }
}
