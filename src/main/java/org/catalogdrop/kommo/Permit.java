package org.catalogdrop.kommo;

/** Leave for one request to go out. Guarded by the lock of {@link Pace}. */
final class Permit {

    private final Permit outer;
    private long at;
    private boolean granted;
    private boolean departed;
    private long endedAt;
    private boolean ended;

    /** @param outer the one the same thread holds already, itself if none */
    Permit(Permit outer) {
        this.outer = outer == null ? this : outer;
    }

    Permit outer() {
        return outer;
    }

    boolean isOutermost() {
        return outer == this;
    }

    void grant(long now) {
        at = now;
        granted = true;
    }

    /** It has left: only now is it known when. */
    void depart(long now) {
        at = now;
        departed = true;
    }

    void end(long now) {
        endedAt = now;
        ended = true;
    }

    /** When it was over; not yet over is over now at the earliest. */
    long endedAt(long now) {
        return ended ? endedAt : now;
    }

    boolean isGranted() {
        return granted;
    }

    boolean isDeparted() {
        return departed;
    }

    /** When it left; until it has, when it was given leave. */
    long at() {
        return at;
    }
}
