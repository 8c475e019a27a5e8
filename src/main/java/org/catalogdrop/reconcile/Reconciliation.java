package org.catalogdrop.reconcile;

import java.time.Duration;
import java.time.Instant;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.kommo.read.PageRequest;
import org.catalogdrop.model.Answer;

/**
 * Settles a doubt by reading back: asks for pages until it has seen enough, then judges. Used by one thread.
 */
public interface Reconciliation {

    /** Returns whether another page is wanted. */
    boolean isUnfinished();

    /** Returns whether the account must be asked for our user before the next page, or before judging. */
    default boolean needsOwnUser() {
        return false;
    }

    /** The account was asked for our user. */
    default void userTold() {}

    /** Returns the query of the next page, as it stands in the URL. */
    String query();

    /** Returns the next page. */
    default PageRequest next() {
        return new PageRequest(query());
    }

    /** Returns how long to wait before the next page, so that a request still being applied has come to its end. */
    Duration pause(Instant now);

    /** Others have gone on during the pause: what was known of what is ours is to be asked anew. */
    default void resumed() {}

    /** Takes the page that was asked for. */
    void take(PageBody page);

    /** What was found is settled, what is proven absent is untouched, what cannot be decided ends in doubt. */
    Answer judge();
}
