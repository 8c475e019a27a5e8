package org.catalogdrop.reconcile;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.catalogdrop.model.Element;

/**
 * The users in whose name our requests create elements. They are learnt from elements that the journal knows as ours, and from the account.
 * Safe for many threads.
 */
public final class OwnUsers {

    /** Who made an element. */
    enum Author {
        /** A user of ours. */
        OURS,
        /** A user who is not ours. */
        ANOTHER,
        /** The API does not say it, or our user is not known. */
        UNKNOWN
    }

    private final Set<Long> ours = ConcurrentHashMap.newKeySet();
    private volatile boolean asked;

    /** Takes a user of ours; 0 says nothing. */
    void learn(long user) {
        if (user > 0) {
            ours.add(user);
        }
    }

    /** Takes what the account says of the user our token belongs to; 0 if it does not say it. */
    public void take(long user) {
        learn(user);
        asked = true;
    }

    /** Returns whether the account could say more of who made an element. */
    boolean isWorthAsking(Element element) {
        return !asked && element.createdBy() > 0 && !ours.contains(element.createdBy());
    }

    /**
     * Says who made an element.
     *
     * @param earlier whether an earlier process may have made it, whose user need not be the one of today
     */
    Author author(Element element, boolean earlier) {
        if (ours.contains(element.createdBy())) {
            return Author.OURS;
        }
        boolean known = element.createdBy() > 0 && asked && !ours.isEmpty();
        return known && !earlier ? Author.ANOTHER : Author.UNKNOWN;
    }
}
