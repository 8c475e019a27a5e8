package org.catalogdrop.kommo;

import static org.catalogdrop.kommo.ResponsePattern.at;

import org.catalogdrop.model.Advice;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/**
 * The table of all statuses and codes: who must act, and how. The first line that matches an answer counts. {@code docs/answers.md} has
 * the same table for readers, with its sources; a test compares the two.
 */
public enum ResponseRule {
    ACCEPTED(at("2xx"), Responsibility.READ, Code.NOT_ACCOUNTED, "it is not a readable answer of this API."),
    MOVED(
            at("3xx"),
            Responsibility.ACCOUNT,
            Code.MOVED,
            "the account is at another address, and the token is not sent there. If the new address is right, set kommo.base-url to it,"
                    + " then run again to resume."),
    TOO_MANY(
            at("429"),
            Responsibility.WAIT,
            Code.TOO_MANY_REQUESTS,
            "too many requests. If more follow, the API blocks the account. Lower kommo.requests-per-second or stop other"
                    + " programs that use the account, then run again to resume."),
    TOO_SLOW(
            at("408", "504", "time-out"),
            Responsibility.LOOK,
            Code.NO_ANSWER,
            "the request may have been applied nevertheless"),
    SERVER(at("5xx", "lost"), Responsibility.LOOK, Code.NO_ANSWER, "the request may have been applied nevertheless"),
    NOT_SENT(
            at("not sent"),
            Responsibility.ACCOUNT,
            Code.API_AWAY,
            "nothing was sent. Check kommo.base-url and the network, then run again to resume."),
    CREATED(
            at(ResponsePattern.A_ROW, "4xx").codes("280"),
            Responsibility.LOOK,
            Code.NOT_ACCOUNTED,
            "the API counts \"element created\" among its errors: the row may have been applied"),
    NOT_FOUND(
            at(ResponsePattern.A_ROW, "4xx").codes("282", "404"),
            Responsibility.ROW,
            Code.NOT_FOUND,
            "The account has no such element or list. Check id and catalog_id."),
    NOT_THERE(at(ResponsePattern.A_ROW).words("not found"), Responsibility.ROW, Code.NOT_FOUND, NOT_FOUND.cure),
    UNKNOWN_FIELD(
            at(ResponsePattern.A_ROW, "4xx").codes("204"),
            Responsibility.ROW,
            Code.UNKNOWN_FIELD,
            "The list has no such field. Check the ids in the cf: columns."),
    BAD_VALUE(
            at(ResponsePattern.A_ROW, "4xx").codes("203"),
            Responsibility.ROW,
            Code.BAD_FIELD_VALUE,
            "A value does not fit its field. Check its form, or the option's id."),
    REQUIRED(
            at(ResponsePattern.A_ROW, "4xx").codes("283", "284", "285"),
            Responsibility.ROW,
            Code.REQUIRED_MISSING,
            "The row lacks something that the API requires."),
    STALE(
            at(ResponsePattern.A_ROW).words("last modified date is older"),
            Responsibility.ROW,
            Code.STALE,
            "The element was changed later than updated_at says. If the row names an updated_at, empty it to use the moment"
                    + " of sending, and load the row again."),
    NO_RIGHTS(
            at(ResponsePattern.A_ROW, "4xx").codes("202"),
            Responsibility.ROW,
            Code.NO_RIGHTS,
            "The user of the access token may not change this element."),
    OTHER_CODE(
            at(ResponsePattern.A_ROW, "4xx")
                    .codes(
                            "201", "205", "206", "207", "208", "209", "210", "211", "212", "213", "214", "215", "216",
                            "217", "281", "330"),
            Responsibility.ROW,
            Code.API_REFUSED,
            Words.CORRECT),
    NO_ACCESS(
            at(ResponsePattern.A_ROW, "4xx").codes("244", "288"),
            Responsibility.ACCOUNT,
            Code.ACCOUNT,
            "the user of the access token has no right to the account's lists. Give the user the right, then run again to resume."),
    FEATURE(
            at(ResponsePattern.A_ROW, "4xx").codes("402", "425", "426"),
            Responsibility.ACCOUNT,
            Code.ACCOUNT,
            "the account's subscription does not include it. Clear that up with the vendor, then run again to resume."),
    LOGIN(
            at(ResponsePattern.A_ROW, "4xx").codes("101", "110", "111", "112"),
            Responsibility.ACCOUNT,
            Code.ACCOUNT,
            "the account does not let this user in, or there is no such account. Check kommo.base-url and that the user can log in with"
                    + " a browser, then run again to resume."),
    ADDRESS(
            at(ResponsePattern.A_ROW, "4xx").codes("113"),
            Responsibility.ACCOUNT,
            Code.ACCOUNT,
            "this machine's public address is not on the account's allow-list. Add it there, then run again to resume."),
    OUR_FAULT(
            at(ResponsePattern.A_ROW, "4xx").codes("102", "103", "104", "222", "405"),
            Responsibility.US,
            Code.UNEXPECTED_ANSWER,
            Words.REPORT),
    TOO_LARGE(
            at("413"),
            Responsibility.CHUNK,
            Code.REQUEST_REFUSED,
            "the request is too large. Shorten the row's values."),
    TOO_MANY_ROWS(
            at("400", "422").words("limit \\d+"),
            Responsibility.CHUNK,
            Code.REQUEST_REFUSED,
            "the request has more rows than the API takes."),
    SYSTEM_ERROR(
            at(ResponsePattern.A_ROW, "400")
                    .words("system error|систем\\S* ошибк|please,? (retry|try again)|повторите"),
            Responsibility.LOOK,
            Code.REQUEST_REFUSED,
            "the API failed on the request with this row. Load the row again. If that does not help, correct the row."),
    REFUSED(
            at("400", "422"),
            Responsibility.CHUNK,
            Code.REQUEST_REFUSED,
            "the API refuses a request with this row in it. Correct the row and load it again."),
    TOKEN(
            at("401"),
            Responsibility.TOKEN,
            Code.UNAUTHORIZED,
            "the API does not accept the access token. Set a valid one (kommo.access-token, or the file kommo.access-token-file), then run again to resume."),
    SUBSCRIPTION(
            at("402"),
            Responsibility.ACCOUNT,
            Code.ACCOUNT,
            "the account's subscription does not allow it. Clear that up with the vendor, then run again to resume."),
    BLOCK(
            at("403"),
            Responsibility.ACCOUNT,
            Code.BLOCKED,
            "the API blocks this address or account. Nothing more is sent. Ask the vendor's support to lift the block (tell them the"
                    + " account, this machine's public address and the time), then run again to resume."),
    ROUTER(
            at("404").words("<html|<!doctype"),
            Responsibility.WAIT,
            Code.API_AWAY,
            "a gateway of the API cannot find it for now; nothing was applied. Check kommo.base-url."),
    WRONG(at("404", "405"), Responsibility.US, Code.UNEXPECTED_ANSWER, Words.REPORT),
    OTHER_ERROR(at(ResponsePattern.A_ROW), Responsibility.ROW, Code.API_REFUSED, Words.CORRECT),
    UNKNOWN(at("other"), Responsibility.US, Code.UNEXPECTED_ANSWER, Words.REPORT);

    private final ResponsePattern sign;
    private final Responsibility who;
    private final Code code;
    private final String cure;

    ResponseRule(ResponsePattern sign, Responsibility who, Code code, String cure) {
        this.sign = sign;
        this.who = who;
        this.code = code;
        this.cure = cure;
    }

    /** Returns the rule for an answer as a whole. */
    public static ResponseRule of(Reply.Received reply) {
        ErrorBody body = reply.status() < 400 ? ErrorBody.NONE : ErrorBody.of(reply);
        return first(Integer.toString(reply.status()), body.code(), body.text());
    }

    /** Returns the rule for a missing answer. */
    static ResponseRule of(Reply.Lost lost) {
        return first(!lost.sent() ? "not sent" : lost.timedOut() ? "time-out" : "lost", "", "");
    }

    /** Returns the rule for an error of a single row. */
    static ResponseRule of(ItemError error) {
        String text = ErrorBody.plain(error.text());
        return first(ResponsePattern.A_ROW, error.code().isEmpty() ? ErrorBody.codeIn(text) : error.code(), text);
    }

    private static ResponseRule first(String place, String code, String text) {
        for (ResponseRule meaning : values()) {
            if (meaning.sign.isOn(place, code, text)) {
                return meaning;
            }
        }
        return UNKNOWN;
    }

    ResponsePattern sign() {
        return sign;
    }

    public Responsibility who() {
        return who;
    }

    public Code code() {
        return code;
    }

    /** Returns whether nothing of the request, or of the row, was applied; false also if the body says what was. */
    boolean isCertainlyNotApplied() {
        return switch (who) {
            case READ, LOOK -> false;
            case ROW, CHUNK, WAIT, TOKEN, ACCOUNT -> true;
            // A status that this API has never returned proves nothing.
            case US -> this != UNKNOWN;
        };
    }

    /** Returns what the answer means for the size of the next requests. */
    Advice.Kind advice() {
        return switch (this) {
            case TOO_SLOW -> Advice.Kind.FEWER;
            case TOO_LARGE, TOO_MANY_ROWS -> Advice.Kind.CEILING;
            case SYSTEM_ERROR -> Advice.Kind.APART;
            default -> who == Responsibility.ROW || who == Responsibility.CHUNK ? Advice.Kind.APART : Advice.Kind.NONE;
        };
    }

    Problem problem(Reply.Received reply) {
        String moved = this == MOVED && !reply.location().isEmpty() ? " to " + reply.location() : "";
        return Problem.of(
                code,
                "HTTP " + reply.status() + moved + ": " + cure + (cure.endsWith(".") ? "" : ".") + " It said: "
                        + reply.excerpt());
    }

    /** Returns whether the API refuses to answer this read, so that it may still answer another one. */
    public boolean isRefusedReading(Reply.Received reply) {
        return switch (who) {
            case ROW, CHUNK, US -> reply.status() >= 400 && reply.status() < 500;
            case READ, LOOK, WAIT, TOKEN, ACCOUNT -> false;
        };
    }

    /** Returns the problem of a read that failed again and again. A read cannot have applied anything. */
    public Problem ofReading(Reply.Received reply) {
        return switch (who) {
            case READ, LOOK ->
                Problem.of(
                        code,
                        "HTTP " + reply.status() + " in several tries, without a readable answer"
                                + (reply.whole() ? "" : " (it was cut off, or is too long)")
                                + ". Check if the account works in a browser, then run again to resume. It said: "
                                + reply.excerpt());
            case ROW, CHUNK, WAIT, TOKEN, ACCOUNT, US -> problem(reply);
        };
    }

    Problem problem(Reply.Lost lost) {
        String what = lost.sent() ? "no answer came" : "the API cannot be reached";
        return Problem.of(code, what + " (" + lost.reason() + "); " + cure);
    }

    Problem problem(ItemError error) {
        String said = "the API refused the row" + (error.code().isEmpty() ? "" : " with code " + error.code()) + ": "
                + (error.text().isBlank() ? "(no text)" : error.text()) + ". ";
        return Problem.of(code, said + cure);
    }

    /** Texts that several lines use. */
    private static final class Words {
        static final String CORRECT = "Correct the row and load it again.";
        static final String REPORT =
                "this API never gives such an answer to such a request. Check kommo.base-url. If it is right, report this message.";
    }
}
