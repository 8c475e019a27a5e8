package org.catalogdrop.app;

import java.util.Optional;
import org.catalogdrop.chunk.Pending;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;

/**
 * What a row of a drop comes to.
 *
 * @param outcome how it ended already; empty if something is to be sent
 */
record Turn(Pending pending, Optional<Outcome> outcome) {

    static Turn ended(Outcome outcome) {
        return new Turn(Pending.passed(outcome.row()), Optional.of(outcome));
    }

    static Turn pending(Pending pending) {
        return new Turn(pending, Optional.empty());
    }

    Row row() {
        return pending.row();
    }
}
