package org.catalogdrop.decision;

import java.util.Iterator;
import org.catalogdrop.journal.DropProgress;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RowDecision;
import org.catalogdrop.model.Skip;
import org.catalogdrop.model.Verdict;

/** Decides rows that name action and element themselves. */
public record DecisionsById(Iterator<Row> rows, Mapping mapping, DropProgress progress)
        implements Iterator<RowDecision> {

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public RowDecision next() {
        Row row = rows.next();
        Verdict verdict = mapping.verdict(row);
        if (verdict instanceof Reject reject) {
            return progress.of(row.number()).reject(reject, progress.action());
        }
        if (verdict instanceof Skip skip) {
            return Outcome.of(skip);
        }
        return progress.of(row.number()).decide((Operation) verdict);
    }
}
