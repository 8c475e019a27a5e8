package org.catalogdrop.sandbox;

/** An item that is not taken, with the vendor's code; the rest of the request goes on. Carries no stack trace: it is an answer. */
final class Refused extends Exception {
    static final int BAD_FIELD = 203;
    static final int UNKNOWN_FIELD = 204;
    static final int NOT_FOUND = 282;
    static final int NOT_AN_OBJECT = 284;
    static final int MISSING = 285;
    /** No code is known for it: live, an outdated update is told by a bare text. */
    static final int OUTDATED = 0;

    private static final long serialVersionUID = 1L;
    final int code;

    Refused(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    static Refused missing(String what) {
        return new Refused(MISSING, "Required field is missing: " + what);
    }

    static Refused notFound(String what, Object id) {
        return new Refused(NOT_FOUND, what + " not found: " + id);
    }
}
