package org.catalogdrop.load;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RowDecision;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a drop with the operations that are still to be sent. Every row read is entered in the resequencer. A rejected row, and a
 * row that the journal has settled, has its outcome at once. A first run and a resumed one both use this code. Used by one thread.
 */
final class PendingRows implements Iterator<RowDecision> {

    private static final Logger LOG = LoggerFactory.getLogger(PendingRows.class);

    private final RunningLoad load;
    private final Iterator<RowDecision> turns;
    private final Mapping mapping;
    private RowDecision next;
    private boolean ended;

    /** @param mapping the mapping that gave the rows their meaning */
    PendingRows(RunningLoad load, Iterator<RowDecision> turns, Mapping mapping) {
        this.load = load;
        this.turns = turns;
        this.mapping = mapping;
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            // The load already has the reason. A reader that continued would only fill the resequencer.
            load.failure().throwIfFailed();
            if (turns.hasNext()) {
                step(turns.next());
            } else {
                end();
            }
        }
        return next != null;
    }

    private void step(RowDecision turn) {
        enter(turn.row());
        if (turn instanceof Outcome outcome) {
            load.names().settled(outcome);
            load.order().put(outcome);
        }
        next = turn;
    }

    private void enter(Row row) {
        try {
            load.order().enter(row);
        } catch (InterruptedException stopped) {
            throw LoadFailure.interrupted();
        }
    }

    private void end() {
        ended = true;
        load.reader().verify();
        mapping.remarks().forEach(remark -> LOG.warn("{}: {}.", load.displayName(), NormalizedName.show(remark)));
        load.results().unknownColumns(mapping.unknownColumns());
        if (!mapping.unknownColumns().isEmpty()) {
            LOG.warn(
                    "{}: ignored the unknown columns {}",
                    load.displayName(),
                    NormalizedName.show(mapping.unknownColumns().toString()));
        }
    }

    @Override
    public RowDecision next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        RowDecision pending = next;
        next = null;
        return pending;
    }
}
