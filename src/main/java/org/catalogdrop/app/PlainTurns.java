package org.catalogdrop.app;

import java.util.Iterator;
import java.util.Optional;
import org.catalogdrop.chunk.Pending;
import org.catalogdrop.journal.Progress;
import org.catalogdrop.journal.RowState;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Verdict;

/** Rows that say themselves what is to be done with which element. */
record PlainTurns(Iterator<Row> rows, Mapping mapping, Progress progress) implements Iterator<Turn> {

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public Turn next() {
        Row row = rows.next();
        Verdict verdict = mapping.verdict(row);
        if (verdict instanceof Reject reject) {
            return Turn.ended(Outcome.of(reject));
        }
        Operation operation = (Operation) verdict;
        RowState state = progress.of(row.number());
        if (state instanceof RowState.Settled settled) {
            return Turn.ended(settled.outcome(operation));
        }
        return Turn.pending(
                state instanceof RowState.Doubtful doubtful
                        ? new Pending(operation, Optional.of(doubtful.since()))
                        : new Pending(operation, Optional.empty()));
    }
}
