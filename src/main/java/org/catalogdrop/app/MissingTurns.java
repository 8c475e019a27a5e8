package org.catalogdrop.app;

import java.util.Iterator;
import java.util.Optional;
import org.catalogdrop.chunk.Pending;
import org.catalogdrop.journal.Progress;
import org.catalogdrop.journal.RowState;
import org.catalogdrop.model.Operation;

/** What becomes of elements that are missing from a complete list; what the journal says of a row comes first, as everywhere. */
record MissingTurns(Iterator<Operation.Delete> deletes, Progress progress) implements Iterator<Turn> {

    @Override
    public boolean hasNext() {
        return deletes.hasNext();
    }

    @Override
    public Turn next() {
        Operation.Delete delete = deletes.next();
        RowState state = progress.of(delete.row().number());
        if (state instanceof RowState.Settled settled) {
            return Turn.ended(settled.outcome(delete));
        }
        return Turn.pending(
                state instanceof RowState.Doubtful doubtful
                        ? new Pending(delete, Optional.of(doubtful.since()))
                        : new Pending(delete, Optional.empty()));
    }
}
