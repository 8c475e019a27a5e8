package org.catalogdrop.results;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;

/**
 * Resequencer: takes outcomes in any order and passes them on in row order. It limits how many rows may be open. Safe for many threads.
 *
 * <p>A row is open from {@link #enter} until its outcome, and those of all rows before it, have been passed on. The limit must be larger
 * than the rows that the reading thread itself holds back between two calls of {@code enter} (an unfinished chunk), or it waits for
 * itself.
 */
public final class OutcomeResequencer {

    private final Outcome[] ring;
    private final Row[] rows;
    /** What each open row weighs; 0 if it has no cells. */
    private final long[] weights;

    private final Consumer<Outcome> next;
    /** The next row to be passed on. */
    private long head = 1;
    /** The last row that was entered. */
    private long entered;

    private final Room room;
    /** The open rows that have cells, and their total weight. */
    private int full;

    private long weight;
    /** The open rows that have their outcome. */
    private int waiting;

    /** Whether nothing is passed on because the rows before the first one are still to come. */
    private boolean held;

    private Optional<RuntimeException> failure = Optional.empty();

    /**
     * @param maxOpenRows the most rows open at once, 1 and up; takes three words of memory each
     * @param next gets the outcomes in row order, one at a time; what it throws fails this
     */
    public OutcomeResequencer(int maxOpenRows, Consumer<Outcome> next) {
        this(maxOpenRows, new Room(maxOpenRows, 1, row -> 0), next);
    }

    /** @param room limits the rows with cells, which take most of the memory */
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
     * The limit of rows with cells.
     *
     * @param rows most of them
     * @param weight no further row is entered once they weigh this much, so a single row may exceed it
     * @param weigh returns the weight of a row, the same each time
     */
    public record Room(int rows, long weight, ToLongFunction<Row> weigh) {}

    /**
     * Sets the number of rows before the first one that is entered. Nothing is passed on until {@link #release}, because another thread
     * passes those on. Call it before the first row is entered.
     */
    public synchronized void holdBehind(long rows) {
        head = rows + 1;
        entered = rows;
        held = true;
    }

    /** Records that the rows before the first one have been passed on. */
    public synchronized void release() {
        requireSound();
        held = false;
        handOn();
        notifyAll();
    }

    /** Waits for {@link #release}, if it is needed. */
    public synchronized void awaitRelease() throws InterruptedException {
        while (held) {
            requireSound();
            wait();
        }
    }

    /**
     * Enters the next row. Waits while too many are open.
     *
     * @throws InterruptedException if the waiting thread is interrupted; the row is then not entered
     * @throws IllegalStateException if it is not the row after the last one
     * @throws RuntimeException the failure, if this has failed
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

    /** Gives every open row without an outcome the one that the function returns. Call it when no other thread puts outcomes. */
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
     * Takes the outcome of an open row, and passes on all that are due. Any thread may call it.
     *
     * @throws IllegalStateException if the row is not open, or already has an outcome
     * @throws RuntimeException the failure, if this has failed
     */
    public synchronized void put(Outcome outcome) {
        requireSound();
        take(outcome);
        handOn();
    }

    /** Takes several outcomes like {@link #put}, at the cost of one. */
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

    /** Returns whether every entered row has been passed on. */
    public synchronized boolean isDrained() {
        return !held && head > entered;
    }

    /**
     * Waits until every entered row has been passed on.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws RuntimeException the failure, if this has failed
     */
    public synchronized void awaitAll() throws InterruptedException {
        requireSound();
        while (held || head <= entered) {
            wait();
            requireSound();
        }
    }

    /** Fails it: every waiting and later call throws {@code reason}. The first reason stays. */
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
