package org.catalogdrop.sandbox.store;

/**
 * Thrown for an item that is not accepted, with the vendor's code; the rest of the request is handled. It has no stack trace, because it
 * is an answer.
 */
public final class Refused extends Exception {
    public static final int BAD_FIELD = 203;
    public static final int UNKNOWN_FIELD = 204;
    static final int NOT_FOUND = 282;
    public static final int NOT_AN_OBJECT = 284;
    static final int MISSING = 285;
    /** The code of an outdated update, for which none is known: real answers have a bare text. */
    public static final int OUTDATED = 0;

    private static final long serialVersionUID = 1L;
    public final int code;

    public Refused(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public static Refused missing(String what) {
        return new Refused(MISSING, "Required field is missing: " + what);
    }

    public static Refused notFound(String what, Object id) {
        return new Refused(NOT_FOUND, what + " not found: " + id);
    }
}
