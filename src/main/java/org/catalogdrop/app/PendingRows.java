package org.catalogdrop.app;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.catalogdrop.chunk.Pending;
import org.catalogdrop.journal.Progress;
import org.catalogdrop.journal.RowState;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of a drop with the operations that are still to be sent. Every row read is entered for the results; a reject, and a row that the
 * journal says is settled, has its outcome at once. This is the one road of a first run and of one that goes on.
 */
final class PendingRows implements Iterator<Pending> {

    private static final Logger LOG = LoggerFactory.getLogger(PendingRows.class);

    private final Load load;
    private final Iterator<Row> rows;
    private final Mapping mapping;
    private final Progress progress;
    private Pending next;
    private boolean ended;

    PendingRows(Load load, Iterator<Row> rows, Mapping mapping, Progress progress) {
        this.load = load;
        this.rows = rows;
        this.mapping = mapping;
        this.progress = progress;
    }

    @Override
    public boolean hasNext() {
        while (next == null && !ended) {
            // The reason is kept in the load already; a reader that went on would only fill the window.
            load.failure().ifPresent(reason -> {
                throw reason;
            });
            if (rows.hasNext()) {
                step(rows.next());
            } else {
                end();
            }
        }
        return next != null;
    }

    private void step(Row row) {
        enter(row);
        Verdict verdict = mapping.verdict(row);
        if (verdict instanceof Reject reject) {
            load.order().put(Outcome.of(reject));
            next = Pending.passed(row);
            return;
        }
        Operation operation = (Operation) verdict;
        RowState state = progress.of(row.number());
        if (state instanceof RowState.Settled settled) {
            load.order().put(settled.outcome(operation));
            next = Pending.passed(row);
        } else if (state instanceof RowState.Doubtful doubtful) {
            next = new Pending(operation, Optional.of(doubtful.since()));
        } else {
            next = new Pending(operation, Optional.empty());
        }
    }

    private void enter(Row row) {
        try {
            load.order().enter(row);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new RunHalted(Code.STOPPED, "the load was interrupted. Run again to go on.");
        }
    }

    private void end() {
        ended = true;
        load.reading().orElseThrow().verify();
        if (!mapping.unknownColumns().isEmpty()) {
            LOG.warn("{}: columns {} are unknown and were ignored", load.drop().name(), mapping.unknownColumns());
        }
    }

    @Override
    public Pending next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Pending pending = next;
        next = null;
        return pending;
    }
}
