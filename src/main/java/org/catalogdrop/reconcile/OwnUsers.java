package org.catalogdrop.reconcile;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.catalogdrop.model.Element;

/**
 * The users in whose name our requests create elements. They are learnt from elements that the journal knows as ours, and from the
 * account. Safe for many threads.
 */
public final class OwnUsers {

    /** The maker of an element. */
    enum Author {
        /** One of our users. */
        OURS,
        /** A user who is not ours. */
        ANOTHER,
        /** The API does not name the maker, or our user is not known. */
        UNKNOWN
    }

    private final Set<Long> ours = ConcurrentHashMap.newKeySet();
    private volatile boolean asked;

    /** Learns one of our users; 0 is ignored. */
    void learn(long user) {
        if (user > 0) {
            ours.add(user);
        }
    }

    /** Learns the user to whom our token belongs, as the account reports it; 0 if it does not. */
    public void take(long user) {
        learn(user);
        asked = true;
    }

    /** Returns whether asking the account could decide who made an element. */
    boolean isWorthAsking(Element element) {
        return !asked && element.createdBy() > 0 && !ours.contains(element.createdBy());
    }

    /**
     * Returns who made an element.
     *
     * @param earlier whether an earlier process may have made it, which may have had another user
     */
    Author author(Element element, boolean earlier) {
        if (ours.contains(element.createdBy())) {
            return Author.OURS;
        }
        boolean known = element.createdBy() > 0 && asked && !ours.isEmpty();
        return known && !earlier ? Author.ANOTHER : Author.UNKNOWN;
    }
}
