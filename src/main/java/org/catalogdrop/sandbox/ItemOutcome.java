package org.catalogdrop.sandbox;

import java.util.Optional;
import org.catalogdrop.sandbox.http.Item;
import org.catalogdrop.sandbox.store.Refused;

/**
 * The outcome of an item.
 *
 * @param item the item
 * @param id the element's id; 0 if there is none
 * @param refused why it was not accepted; empty if it was
 */
record ItemOutcome(Item item, long id, Optional<Refused> refused) {

    static ItemOutcome taken(Item item, long id) {
        return new ItemOutcome(item, id, Optional.empty());
    }

    static ItemOutcome refused(Item item, Refused why) {
        return new ItemOutcome(item, Math.max(0, item.idNumber()), Optional.of(why));
    }

    boolean isTaken() {
        return refused.isEmpty();
    }
}
