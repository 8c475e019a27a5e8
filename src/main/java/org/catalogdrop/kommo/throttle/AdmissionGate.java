package org.catalogdrop.kommo.throttle;

/** What a request may have to pass besides waiting for its turn; asked only when its turn has come, so that others can have that turn. */
public interface AdmissionGate {

    /** The gate of a request that nothing keeps back. */
    AdmissionGate OPEN = new AdmissionGate() {
        @Override
        public boolean enter() {
            return true;
        }

        @Override
        public void await() {
            // It is open.
        }
    };

    /** Passes, if that can be done at once; says whether it was. Who has passed passes again. */
    boolean enter() throws InterruptedException;

    /** Waits until it is worth trying again. */
    void await() throws InterruptedException;
}
