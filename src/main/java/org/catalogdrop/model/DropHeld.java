package org.catalogdrop.model;

/** Thrown if one drop cannot be loaded for now, but may be later. Other drops need not wait for it. */
public final class DropHeld extends RunHalted {

    private static final long serialVersionUID = 1L;

    /** SHA-256 of the drop. */
    private final String digest;

    /**
     * Makes the exception.
     *
     * @param code the stable code of the reason
     * @param message what happened, and what to do next
     * @param digest SHA-256 of the drop, 64 hex digits; empty if it is not known
     */
    public DropHeld(Code code, String message, String digest) {
        super(code, message);
        this.digest = digest;
    }

    /**
     * Returns this exception with the digest of its drop.
     *
     * @param known SHA-256 of the drop, 64 hex digits
     * @return this exception if it has a digest, else a new one
     */
    public DropHeld of(String known) {
        return digest.isEmpty() ? new DropHeld(problem().code(), getMessage(), known) : this;
    }

    /**
     * Returns the digest of the drop.
     *
     * @return 64 hex digits; empty if it is not known
     */
    public String digest() {
        return digest;
    }
}
