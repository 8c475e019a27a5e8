package org.catalogdrop.kommo;

import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/**
 * Every HTTP status sorted by who must act. The one table of its kind; {@code docs/rejects.md} has the same for users.
 * Sources: the vendor's "HTTP codes" and "Limitations" pages, and live answers.
 */
enum Triage {
    /** 2xx: the body says how each row ended. */
    READ(Code.NOT_ACCOUNTED, ""),
    /** 5xx: it may have been applied; reading back settles it. 504 means "too many at once". */
    LOOK(Code.NO_ANSWER, "the request may have been applied all the same"),
    /** 429: certainly not applied; wait, then send again. */
    WAIT(
            Code.TOO_MANY_REQUESTS,
            "too many requests, and further ones end in a block of the account. Lower kommo.requests-per-second or stop other"
                    + " programs that use the account, then run again to go on."),
    /** 400 for the whole request: refused before anything was applied. */
    REQUEST(
            Code.REQUEST_REFUSED,
            "the API refused the whole request this row was in. Correct the row and drop the rejects file."),
    /** 401: the access token is not, or no longer, good. */
    TOKEN(
            Code.UNAUTHORIZED,
            "the API does not take the access token. Set a valid one (kommo.access-token), then run again to go on."),
    /** 402: the account may do nothing for now. */
    ACCOUNT(
            Code.ACCOUNT,
            "the account's subscription does not allow it. Settle that with the vendor, then run again to go on."),
    /** 403: the address or account is blocked; only the vendor's support lifts it. */
    BLOCK(
            Code.BLOCKED,
            "the API blocks this address or account. Nothing more is sent. Ask the vendor's support to lift the block (tell them the"
                    + " account, this machine's public address and the time), then run again to go on."),
    /** 3xx: the account moved; the token is never sent after it. */
    MOVED(Code.MOVED, "the account is at another address. Set kommo.base-url to it, then run again to go on."),
    /** Anything else: not what this API says to such a request. */
    US(
            Code.UNEXPECTED_ANSWER,
            "that is no answer of this API to such a request. Check kommo.base-url and kommo.chunk-size.");

    private final Code code;
    private final String advice;

    Triage(Code code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    static Triage of(int status) {
        if (status >= 200 && status < 300) {
            return READ;
        }
        if (status >= 300 && status < 400) {
            return MOVED;
        }
        if (status >= 500) {
            return LOOK;
        }
        return switch (status) {
            case 400 -> REQUEST;
            case 401 -> TOKEN;
            case 402 -> ACCOUNT;
            case 403 -> BLOCK;
            case 429 -> WAIT;
            default -> US;
        };
    }

    Problem problem(Reply.Received reply) {
        String moved = this == MOVED && !reply.location().isEmpty() ? " to " + reply.location() : "";
        return Problem.of(code, "HTTP " + reply.status() + moved + ": " + advice + " It said: " + reply.excerpt());
    }
}
