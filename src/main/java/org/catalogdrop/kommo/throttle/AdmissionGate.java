package org.catalogdrop.kommo.throttle;

/**
 * A condition besides the turn that a request may have to meet. It is checked only when the turn has come, so that others can use the
 * turn.
 */
public interface AdmissionGate {

    /** The gate of a request without such a condition. */
    AdmissionGate OPEN = new AdmissionGate() {
        @Override
        public boolean enter() {
            return true;
        }

        @Override
        public void await() {
            // It is always open.
        }
    };

    /** Tries to enter without waiting. Re-entrant: returns true for a caller that is already inside. */
    boolean enter() throws InterruptedException;

    /** Waits until it is worth trying again. */
    void await() throws InterruptedException;
}
