package org.catalogdrop.send;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.catalogdrop.load.LoadFailure;
import org.catalogdrop.load.LoadPhase;
import org.catalogdrop.load.RunningLoad;

/**
 * Decides how many chunks may be in flight: {@code kommo.in-flight}; more, up to {@code kommo.in-flight-max}, only while nearly all of
 * them wait for an answer, so that none would be ready when the rate limiter lets the next request go. So slow answers raise the number
 * by themselves and quick ones leave it low. A chunk that rests makes room for another, and waits for room again when it continues. Safe
 * for many threads.
 */
public final class InFlight {

    /** The number of chunks that are kept ready to leave. */
    private static final int READY = 2;

    /** The most chunks that may rest besides those in flight; each holds a thread and its rows. */
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

    /** @param onTheWire returns how many requests wait for their answer */
    public InFlight(int base, int most, IntSupplier onTheWire) {
        this.base = base;
        this.most = most;
        this.onTheWire = onTheWire;
    }

    /** Waits for room. */
    synchronized void enter(LoadPhase load) {
        try {
            waitWhile(() -> returning > 0 || resting >= MOST_RESTING || !hasRoom(), load);
        } catch (InterruptedException stopped) {
            load.failure().fail(LoadFailure.interrupted());
        }
        underWay++;
    }

    /** Waits while a condition is true. A load that has failed does not wait, because its chunks send nothing. */
    private synchronized void waitWhile(BooleanSupplier kept, LoadPhase load) throws InterruptedException {
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
     * Waits until another chunk has ended, until none is left to wait for, or until a moment has passed. A part that would have to be cut
     * now may be sent whole then.
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

    /** Waits before a retry, and then before reading elements for it. */
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

    /** Called when a request has left or has been answered. */
    public synchronized void changed() {
        notifyAll();
    }
}
