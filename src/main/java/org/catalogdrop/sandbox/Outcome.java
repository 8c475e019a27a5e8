package org.catalogdrop.sandbox;

import java.util.Optional;

/**
 * What became of an item.
 *
 * @param id of the element, 0 if there is none
 * @param refused why it was not taken
 */
record Outcome(Item item, long id, Optional<Refused> refused) {

    static Outcome taken(Item item, long id) {
        return new Outcome(item, id, Optional.empty());
    }

    static Outcome refused(Item item, Refused why) {
        return new Outcome(item, Math.max(0, item.idNumber()), Optional.of(why));
    }

    boolean isTaken() {
        return refused.isEmpty();
    }
}
