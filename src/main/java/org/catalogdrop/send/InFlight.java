package org.catalogdrop.send;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.catalogdrop.load.LoadFailure;
import org.catalogdrop.load.RunningLoad;

/**
 * How many chunks may be on their way: {@code kommo.in-flight}; more, up to {@code kommo.in-flight-max}, only while nearly all of
 * them wait for an answer, so that none would be ready when the pace lets the next request go. So slow answers raise the number by
 * themselves and quick ones leave it low. A chunk that rests makes room for another, and waits for room again when it goes on.
 */
public final class InFlight {

    /** So many are kept ready to leave. */
    private static final int READY = 2;

    /** So many may rest besides those under way; each holds a thread and its rows. */
    public static final int MOST_RESTING = 32;

    private static final long MOMENT = Duration.ofSeconds(1).toNanos();
    private static final long LOOK_AGAIN = Duration.ofMillis(100).toMillis();

    private final int base;
    private final int most;
    private final IntSupplier onTheWire;
    private int underWay;
    private int resting;
    private int returning;
    private int cut;
    private long left;

    /** @param onTheWire how many requests wait for their answer */
    public InFlight(int base, int most, IntSupplier onTheWire) {
        this.base = base;
        this.most = most;
        this.onTheWire = onTheWire;
    }

    /** Waits for room. */
    synchronized void enter(RunningLoad load) {
        try {
            waitWhile(() -> returning > 0 || resting >= MOST_RESTING || !hasRoom(), load);
        } catch (InterruptedException stopped) {
            load.failure().fail(LoadFailure.interrupted());
        }
        underWay++;
    }

    /** A load that has failed does not wait, since its chunks send nothing. */
    private synchronized void waitWhile(BooleanSupplier kept, RunningLoad load) throws InterruptedException {
        while (kept.getAsBoolean() && !load.failure().isFailed()) {
            wait(LOOK_AGAIN);
        }
    }

    private boolean hasRoom() {
        return underWay < base || (underWay < most && underWay - onTheWire.getAsInt() < READY);
    }

    synchronized void leave() {
        underWay--;
        left++;
        notifyAll();
    }

    /**
     * Waits until one of the others has come to its end, none is left to wait for, or a moment has passed: what would have to be cut now may
     * go out whole then.
     */
    synchronized void awaitAnother(RunningLoad load) throws InterruptedException {
        long before = left;
        long end = System.nanoTime() + MOMENT;
        cut++;
        try {
            waitWhile(() -> left == before && underWay > cut && System.nanoTime() - end < 0, load);
        } finally {
            cut--;
        }
    }

    /** A chunk waits for a long time: another may take its place meanwhile. */
    /** Waits before a further try, and then before what it reads first. */
    void restBeforeTry(ChunkDelivery sending) throws InterruptedException {
        if (sending.tries() > 0) {
            rest(sending.load(), Duration.ofMillis(250L << Math.min(sending.tries() - 1, 7)));
        }
    }

    void rest(RunningLoad load, Duration time) throws InterruptedException {
        resting(1);
        try {
            load.failure().pause(time);
        } finally {
            awaitTurn(load);
        }
    }

    private synchronized void resting(int more) {
        resting += more;
        underWay -= more;
        notifyAll();
    }

    private synchronized void awaitTurn(RunningLoad load) throws InterruptedException {
        returning++;
        try {
            waitWhile(() -> !hasRoom(), load);
        } finally {
            returning--;
            resting(-1);
        }
    }

    /** A request has left or has been answered. */
    public synchronized void changed() {
        notifyAll();
    }
}
