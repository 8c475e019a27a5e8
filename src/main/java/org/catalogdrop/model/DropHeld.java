package org.catalogdrop.model;

/** One drop cannot be loaded as it lies now, and may be later; it is no reason for others to wait. */
public final class DropHeld extends RunHalted {

    private static final long serialVersionUID = 1L;

    private final String digest;

    /** @param digest that of the drop, empty if it is not known */
    public DropHeld(Code code, String message, String digest) {
        super(code, message);
        this.digest = digest;
    }

    /** Returns the same of a drop whose digest is known. */
    public DropHeld of(String known) {
        return digest.isEmpty() ? new DropHeld(problem().code(), getMessage(), known) : this;
    }

    public String digest() {
        return digest;
    }
}
