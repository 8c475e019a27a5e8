package org.catalogdrop.app;

import java.time.Duration;
import java.util.function.IntSupplier;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * How many chunks may be on their way: {@code kommo.in-flight}; more, up to {@code kommo.in-flight-max}, only while nearly all of
 * them wait for an answer, so that none would be ready when the pace lets the next request go. So slow answers raise the number by
 * themselves and quick ones leave it low.
 */
final class InFlight {

    /** So many are kept ready to leave. */
    private static final int READY = 2;

    private static final long LOOK_AGAIN = Duration.ofMillis(100).toMillis();

    private final int base;
    private final int most;
    private final IntSupplier onTheWire;
    private int underWay;
    private int resting;

    /** @param onTheWire how many requests wait for their answer */
    InFlight(int base, int most, IntSupplier onTheWire) {
        this.base = base;
        this.most = most;
        this.onTheWire = onTheWire;
    }

    /** Waits for room; a load that has failed does not wait, since its chunks send nothing. */
    synchronized void enter(Load load) {
        try {
            while (!hasRoom() && load.failure().isEmpty()) {
                wait(LOOK_AGAIN);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            load.fail(new RunHalted(Code.STOPPED, "the load was interrupted. Run again to go on."));
        }
        underWay++;
    }

    private boolean hasRoom() {
        return underWay < base || (underWay < most && underWay - resting - onTheWire.getAsInt() < READY);
    }

    synchronized void leave() {
        underWay--;
        notifyAll();
    }

    /** A chunk waits for a long time: another may take its place meanwhile. */
    void rest(Load load, Duration time) throws InterruptedException {
        resting(1);
        try {
            load.pause(time);
        } finally {
            resting(-1);
        }
    }

    private synchronized void resting(int more) {
        resting += more;
        notifyAll();
    }

    /** A request has left or has been answered. */
    synchronized void changed() {
        notifyAll();
    }
}
