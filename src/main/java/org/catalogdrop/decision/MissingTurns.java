package org.catalogdrop.decision;

import java.util.Iterator;
import org.catalogdrop.journal.Progress;
import org.catalogdrop.model.Operation;

/** What becomes of elements that are missing from a complete list; what the journal says of a row comes first, as everywhere. */
public record MissingTurns(Iterator<Operation.Delete> deletes, Progress progress) implements Iterator<Turn> {

    @Override
    public boolean hasNext() {
        return deletes.hasNext();
    }

    @Override
    public Turn next() {
        Operation.Delete delete = deletes.next();
        return Turn.of(delete, progress.of(delete.row().number()));
    }
}
