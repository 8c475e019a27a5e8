package org.catalogdrop.load;

import java.io.IOException;
import java.util.Iterator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.decision.DecisionsById;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.csv.CsvPlace;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.journal.DropProgress;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RowDecision;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.reconcile.StoredNameRules;
import org.catalogdrop.results.OutcomeResequencer;
import org.catalogdrop.results.Results;

/**
 * Brings the rows before the resume point to the results, while the rows after it are already being sent. The outcomes of those wait in
 * the resequencer until it has ended, and so does publishing. It needs a processor, so the first new rows, and the look-ups before them,
 * go first.
 */
final class CatchUp implements RunningLoad.Background {

    /** The latest start: all rows may be settled, or in doubt for longer than this. Then nothing goes first. */
    private static final long LATEST_SECONDS = 3;

    private final CheckedDrop load;
    private final ReadLimits limits;
    private final CsvPlace place;
    private final Results results;
    private final OutcomeResequencer order;
    private final StoredNameRules names;
    private final DropProgress progress;
    private final Thread thread = new Thread(this::run, "catalog-drop-catch-up");
    private final CountDownLatch begin = new CountDownLatch(1);
    private volatile boolean stopped;

    private CatchUp(
            CheckedDrop load,
            ReadLimits limits,
            CsvPlace place,
            Results results,
            OutcomeResequencer order,
            StoredNameRules names,
            DropProgress progress) {
        this.load = load;
        this.limits = limits;
        this.place = place;
        this.results = results;
        this.order = order;
        this.names = names;
        this.progress = progress;
    }

    /**
     * @param order has the outcomes of the other rows
     * @param progress the progress for one pass from the first row
     */
    static CatchUp begin(
            CheckedDrop load,
            ReadLimits limits,
            CsvPlace place,
            Results results,
            OutcomeResequencer order,
            StoredNameRules names,
            DropProgress progress) {
        CatchUp catchUp = new CatchUp(load, limits, place, results, order, names, progress);
        order.holdBehind(place.rows());
        catchUp.thread.setDaemon(true);
        catchUp.thread.start();
        return catchUp;
    }

    @Override
    public long rows() {
        return place.rows();
    }

    /** Allows the start, because the first request has been answered, or there is none. */
    @Override
    public void mayBegin() {
        begin.countDown();
    }

    private void run() {
        try {
            begin.await(LATEST_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException nobody) {
            throw new IllegalStateException("nobody interrupts this thread", nobody);
        }
        catchUp();
    }

    private void catchUp() {
        try (DropReader reading = DropReader.open(load.drop(), limits)) {
            if (write(reading.rows())) {
                reading.verifyRest();
                order.release();
            }
        } catch (DropRefused changed) {
            load.failure()
                    .fail(
                            new RunHalted(
                                    Code.NOT_AS_BEGUN,
                                    load.displayName()
                                            + " was changed while it was being loaded. The results of the rows that were sent before cannot"
                                            + " be written: "
                                            + changed.problem().message()
                                            + " Nothing more of it is sent. Restore the file as it was, then run again to resume."));
        } catch (RuntimeException fault) {
            load.failure().fail(fault);
        } catch (IOException fault) {
            load.failure()
                    .fail(new RunHalted(Code.DISK, load.displayName() + " cannot be read: " + fault.getMessage()));
        } catch (Throwable fault) {
            // For example, out of memory. If the load does not learn of it, it waits for these rows for ever.
            load.failure()
                    .fail(new IllegalStateException(
                            load.displayName() + ": the results of the rows sent before cannot be written: " + fault,
                            fault));
        }
    }

    /** Returns whether all of them were written. */
    private boolean write(Iterator<Row> rows) {
        Mapping mapping = load.meaning().mapping();
        DecisionsById turns = new DecisionsById(rows, mapping, progress);
        for (long row = 1; row <= place.rows(); row++) {
            if (stopped || load.failure().isFailed()) {
                return false;
            }
            RowDecision turn = turns.next();
            if (!(turn instanceof Outcome outcome)) {
                throw new IllegalStateException(
                        load.displayName() + ": row " + turn.row().number() + " was skipped, but it is not settled");
            }
            names.settled(outcome);
            results.write(outcome);
        }
        results.unknownColumns(mapping.unknownColumns());
        if (rows.hasNext() && rows.next().line() != place.line()) {
            throw new IllegalStateException(
                    load.displayName() + ": row " + (place.rows() + 1) + " does not begin on line " + place.line());
        }
        return true;
    }

    /** Ends it. It writes nothing more when this returns, so an interrupt does not end the wait. */
    @Override
    public void end() {
        stopped = true;
        begin.countDown();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
