package org.catalogdrop.results;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;

/**
 * Takes outcomes in any order and hands them on in row order; bounds how many rows may be open.
 *
 * <p>A row is open from {@link #enter} until its outcome, and those of all rows before it, are handed on. The bound must be more than
 * the rows the reading thread itself holds back between two calls of {@code enter} (a chunk in the making), or it waits for itself.
 */
public final class OutcomeResequencer {

    private final Outcome[] ring;
    private final Row[] rows;
    /** What each open row weighs; 0 if it has no cells. */
    private final long[] weights;

    private final Consumer<Outcome> next;
    /** The row to be handed on next. */
    private long head = 1;
    /** The last row that came in. */
    private long entered;

    private final Room room;
    /** The open rows that have cells, and their weight together. */
    private int full;

    private long weight;
    /** The open rows that have their outcome. */
    private int waiting;

    /** Whether nothing is handed on, since the rows before the first one are still on their way. */
    private boolean held;

    private Optional<RuntimeException> failure = Optional.empty();

    /**
     * @param maxOpenRows the most rows open at once, 1 and up; takes three words of memory each
     * @param next gets the outcomes in row order, one at a time; what it throws fails this
     */
    public OutcomeResequencer(int maxOpenRows, Consumer<Outcome> next) {
        this(maxOpenRows, new Room(maxOpenRows, 1, row -> 0), next);
    }

    /** @param room what bounds the rows with cells, which is what memory goes to; each of its bounds in the same way */
    public OutcomeResequencer(int maxOpenRows, Room room, Consumer<Outcome> next) {
        this.room = room;
        if (maxOpenRows < 1) {
            throw new IllegalArgumentException("maxOpenRows is " + maxOpenRows + "; at least 1 row must be open");
        }
        this.ring = new Outcome[maxOpenRows];
        this.rows = new Row[maxOpenRows];
        this.weights = new long[maxOpenRows];
        this.next = next;
    }

    /**
     * Room for rows with cells.
     *
     * @param rows most of them
     * @param weight no further one comes in once they weigh as much, so that one row may exceed it
     * @param weigh the weight of a row, the same each time
     */
    public record Room(int rows, long weight, ToLongFunction<Row> weigh) {}

    /**
     * The first row to come in is the one behind these; nothing is handed on until {@link #release}, since somebody else hands these on.
     * To be called before the first row comes in.
     */
    public synchronized void holdBehind(long rows) {
        head = rows + 1;
        entered = rows;
        held = true;
    }

    /** The rows before the first that came in were handed on. */
    public synchronized void release() {
        requireSound();
        held = false;
        handOn();
        notifyAll();
    }

    /** Waits for {@link #release}, if there is to be one. */
    public synchronized void awaitRelease() throws InterruptedException {
        while (held) {
            requireSound();
            wait();
        }
    }

    /**
     * Lets the next row in; waits while too many are open.
     *
     * @throws InterruptedException if the waiting thread is interrupted; the row is not in then
     * @throws IllegalStateException if it is not the row after the last one
     * @throws RuntimeException the failure, if this failed
     */
    public synchronized void enter(Row row) throws InterruptedException {
        requireSound();
        if (row.number() != entered + 1) {
            throw new IllegalStateException("row " + row.number() + " came in when row " + (entered + 1) + " was due");
        }
        boolean heavy = !row.cells().isEmpty();
        while (row.number() - head >= ring.length || (heavy && (full >= room.rows() || weight >= room.weight()))) {
            wait();
            requireSound();
        }
        entered = row.number();
        rows[slot(entered)] = row;
        if (heavy) {
            full++;
            weights[slot(entered)] = room.weigh().applyAsLong(row);
            weight += weights[slot(entered)];
        }
    }

    /**
     * Gives every row that came in and has no outcome the one the function makes of it; to be called when no other thread puts.
     */
    public synchronized void settleRest(Function<Row, Outcome> rest) {
        for (long row = head; row <= entered; row++) {
            if (ring[slot(row)] == null) {
                ring[slot(row)] = rest.apply(rows[slot(row)]);
                waiting++;
            }
        }
        handOn();
    }

    /**
     * Takes the outcome of a row that is in, and hands on all that are now due. From any thread.
     *
     * @throws IllegalStateException if the row is not in, or has its outcome already
     * @throws RuntimeException the failure, if this failed
     */
    public synchronized void put(Outcome outcome) {
        requireSound();
        take(outcome);
        handOn();
    }

    /** As {@link #put} for each, at the price of one. */
    public synchronized void putAll(List<Outcome> outcomes) {
        requireSound();
        outcomes.forEach(this::take);
        handOn();
    }

    private void take(Outcome outcome) {
        long number = outcome.row().number();
        if (number > entered || number < head || ring[slot(number)] != null) {
            throw new IllegalStateException("row " + number + " gets an outcome ("
                    + outcome.status().word() + ") but " + (number > entered ? "never came in" : "has one already"));
        }
        ring[slot(number)] = outcome;
        waiting++;
    }

    private void handOn() {
        long before = head;
        try {
            while (!held && ring[slot(head)] != null) {
                next.accept(ring[slot(head)]);
                ring[slot(head)] = null;
                waiting--;
                leave(slot(head));
                head++;
            }
        } catch (RuntimeException e) {
            fail(e);
            throw e;
        }
        if (head > before) {
            notifyAll();
        }
    }

    private void leave(int slot) {
        full -= rows[slot].cells().isEmpty() ? 0 : 1;
        weight -= weights[slot];
        weights[slot] = 0;
        rows[slot] = null;
    }

    private int slot(long number) {
        return (int) (number % ring.length);
    }

    /** Returns how many outcomes wait for that of an earlier row. */
    public synchronized int waiting() {
        return waiting;
    }

    /** Returns whether every row that came in is handed on. */
    public synchronized boolean isDrained() {
        return !held && head > entered;
    }

    /**
     * Waits until every row that came in is handed on.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws RuntimeException the failure, if this failed
     */
    public synchronized void awaitAll() throws InterruptedException {
        requireSound();
        while (held || head <= entered) {
            wait();
            requireSound();
        }
    }

    /** Ends it: every call that waits or comes later throws {@code reason}. The first reason stays. */
    public synchronized void fail(RuntimeException reason) {
        if (failure.isEmpty()) {
            failure = Optional.of(reason);
        }
        notifyAll();
    }

    private void requireSound() {
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}
