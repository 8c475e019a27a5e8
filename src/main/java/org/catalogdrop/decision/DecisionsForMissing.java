package org.catalogdrop.decision;

import java.util.Iterator;
import org.catalogdrop.journal.DropProgress;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.RowDecision;

/** Decides about elements that are missing from a complete list. What the journal knows of a row wins, as everywhere. */
public record DecisionsForMissing(Iterator<Operation.Delete> deletes, DropProgress progress)
        implements Iterator<RowDecision> {

    @Override
    public boolean hasNext() {
        return deletes.hasNext();
    }

    @Override
    public RowDecision next() {
        Operation.Delete delete = deletes.next();
        return progress.of(delete.row().number()).decide(delete);
    }
}
