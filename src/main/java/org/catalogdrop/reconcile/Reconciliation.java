package org.catalogdrop.reconcile;

import java.time.Duration;
import java.time.Instant;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.kommo.read.PageRequest;
import org.catalogdrop.model.Answer;

/** Reconciles operations in doubt with the account: requests pages until it has seen enough, then judges. Used by one thread. */
public interface Reconciliation {

    /** Returns whether another page is needed. */
    boolean isUnfinished();

    /** Returns whether the account must name our user before the next page, or before judging. */
    default boolean needsOwnUser() {
        return false;
    }

    /** Called when the account has named our user. */
    default void userTold() {}

    /** Returns the query of the next page, as it is in the URL. */
    String query();

    /** Returns the next page to request. */
    default PageRequest next() {
        return new PageRequest(query());
    }

    /** Returns how long to wait before the next page, so that a request that is still being applied comes to its end. */
    Duration pause(Instant now);

    /** Called after the pause, in which other chunks went on: what is known of our own elements must be read again. */
    default void resumed() {}

    /** Takes the page that was requested. */
    void take(PageBody page);

    /**
     * Returns the judgement: found operations are settled, those proven absent are untouched, those that cannot be decided end in doubt.
     */
    Answer judge();
}
