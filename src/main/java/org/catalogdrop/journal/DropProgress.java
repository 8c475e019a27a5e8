package org.catalogdrop.journal;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.PriorityQueue;
import org.catalogdrop.journal.codec.RequestLine;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.codec.RowState.Doubtful;
import org.catalogdrop.journal.codec.RowState.Open;
import org.catalogdrop.journal.codec.RowState.Settled;
import org.catalogdrop.journal.store.Database;
import org.catalogdrop.journal.store.Sql;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * The state of each row of a drop, by what the journal had when this was made. Asked by one thread in ascending order. Its memory grows
 * with the requests that overlap the current row, not with the number of rows.
 */
public final class DropProgress {
    private static final Open OPEN = new Open();

    private static final Settled NOT_SENT = new Settled(
            Status.REJECTED,
            0,
            Optional.of(Problem.of(
                    Code.NOT_SENT,
                    "the row was never sent, or certainly not applied, when the drop was abandoned. To load it after all, put the"
                            + " row into a file of its own.")));

    private static final Settled NO_ANSWER = new Settled(
            Status.IN_DOUBT,
            0,
            Optional.of(Problem.of(
                    Code.NO_ANSWER,
                    "the row was sent, no answer came, and the drop was abandoned before it was looked up. It can be looked up"
                            + " later.")));

    private final RequestPages pages;
    private final Database database;

    /** Rows in doubt by an outcome of a request up to this one are open again. */
    private final long reopenedUpTo;

    /** Whether rows that were not sent have an outcome. */
    private final boolean abandoned;

    /** Whether rows that may have been applied have an outcome. */
    private final boolean doubtsEnded;

    private final Deque<RequestLine> ahead = new ArrayDeque<>();
    private final PriorityQueue<RequestRows> current = new PriorityQueue<>(Comparator.comparingLong(RequestRows::row));
    private boolean more = true;
    private long asked;
    private Optional<Action> action = Optional.empty();

    DropProgress(Sql sql, Database database, long drop) throws SQLException {
        this.database = database;
        pages = new RequestPages(sql, drop);
        reopenedUpTo = sql.number("select max(last_request) from reopenings where drop_id = ?", drop);
        abandoned = sql.number("select count(*) from abandoned_drops where drop_id = ?", drop) > 0;
        doubtsEnded = sql.number("select count(*) from abandoned_drops where drop_id = ? and reopened = 0", drop) > 0;
    }

    /** Returns the progress for rows greater than this one, at the cost of those alone. Call it before the first row is asked for. */
    public DropProgress behind(long row) {
        asked = row;
        pages.behind(row);
        return this;
    }

    /**
     * Reads only requests that have some of these rows; of other requests it may not know all. Call it before the first row is asked for.
     */
    DropProgress among(Roaring64Bitmap rows) {
        pages.among(rows);
        return this;
    }

    /**
     * Returns the state of a row.
     *
     * @param row from 1; greater than all rows asked for before
     */
    public RowState of(long row) {
        if (row <= asked) {
            throw new IllegalArgumentException("rows are asked in ascending order: " + row + " after " + asked);
        }
        asked = row;
        while (firstUpTo(row) < row) {
            stepFirst();
        }
        return merged(row);
    }

    /**
     * Returns the action of the row asked for last, when it was settled or put in doubt; empty if the row is open. It is the same in all
     * requests of a row, unless its key decides.
     */
    public Optional<Action> action() {
        return action;
    }

    /** Returns the state of the next row that is in any request; empty if there are no more. */
    Optional<RowState> next() {
        long row = first();
        while (row <= asked) {
            // A request with rows after the skipped ones may have some before them too.
            stepFirst();
            row = first();
        }
        if (row == Long.MAX_VALUE) {
            return Optional.empty();
        }
        asked = row;
        return Optional.of(merged(row));
    }

    /** Returns the first row that is left in any request; at the end, a number that no row has. */
    private long first() {
        return firstUpTo(current.isEmpty() ? ahead() : current.element().row());
    }

    /** Returns the row asked for last. */
    long last() {
        return asked;
    }

    /** Returns the first row of the next unread request; at the end, a number that no row has. */
    private long ahead() {
        if (ahead.isEmpty() && more) {
            try {
                ahead.addAll(pages.next());
            } catch (SQLException fault) {
                throw database.faultOf(fault);
            }
            more = !ahead.isEmpty();
        }
        return ahead.isEmpty() ? Long.MAX_VALUE : ahead.element().firstRow();
    }

    /** Returns the first row of the requests that begin at the given row or before, and reads those that are unread. */
    private long firstUpTo(long row) {
        while (ahead() <= row && !ahead.isEmpty()) {
            step(new RequestRows(ahead.remove()));
        }
        return current.isEmpty() ? Long.MAX_VALUE : current.element().row();
    }

    private void step(RequestRows request) {
        if (request.advance()) {
            current.add(request);
        }
    }

    /** Advances the first request. Most rows are in one request: if no other one comes before it, it keeps its place. */
    private void stepFirst() {
        if (current.size() > 1) {
            step(current.remove());
        } else if (!current.element().advance()) {
            current.clear();
        }
    }

    /**
     * Merges the states of a row: the last settlement counts; without one, the first intent that may have been applied. Of the actions
     * the last one counts: an add is sent only for an update whose element is gone.
     */
    private RowState merged(long row) {
        RowState settled = OPEN;
        long settledBy = 0;
        long since = Long.MAX_VALUE;
        long doubtBy = 0;
        Optional<Action> doubted = Optional.empty();
        action = Optional.empty();
        while (!current.isEmpty() && current.element().row() == row) {
            RequestRows request = current.element();
            long id = request.request().id();
            RowState state = request.state();
            if (state instanceof Settled && id > settledBy) {
                settledBy = id;
                settled = state;
                action = Optional.of(request.request().action());
            }
            if ((state instanceof Doubtful && request.request().sent()) || inDoubt(state)) {
                since = Math.min(since, request.request().intended().toEpochMilli());
                if (id > doubtBy) {
                    doubted = Optional.of(request.request().action());
                }
                doubtBy = Math.max(doubtBy, id);
            }
            stepFirst();
        }
        boolean reopened = inDoubt(settled) && settledBy <= reopenedUpTo;
        if (settledBy > 0 && !reopened) {
            return settled;
        }
        action = doubted;
        if (since == Long.MAX_VALUE) {
            return abandoned ? NOT_SENT : OPEN;
        }
        return doubtsEnded ? NO_ANSWER : new Doubtful(Instant.ofEpochMilli(since));
    }

    private static boolean inDoubt(RowState state) {
        return state instanceof Settled settled && settled.status() == Status.IN_DOUBT;
    }
}
