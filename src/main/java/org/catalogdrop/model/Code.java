package org.catalogdrop.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The stable codes of {@code docs/rejects.md}, which lists the cause and cure of each; a test holds the two together.
 * Those of {@link Scope#ROW} stand in results and rejects, those of {@link Scope#DROP} in {@code NAME.reason.txt}, those of
 * {@link Scope#RUN} in the message of a run that stopped before its end.
 */
public enum Code {
    // The row cannot be read.
    RAGGED_ROW(Scope.ROW, true),
    BAD_ENCODING(Scope.ROW),
    BAD_CELL(Scope.ROW, true),
    MERGED_CELL(Scope.ROW, true),
    BAD_TEXT(Scope.ROW),
    MALFORMED_LINE(Scope.ROW),
    NOT_AN_OBJECT(Scope.ROW),
    DOUBLE_COLUMN(Scope.ROW),
    ROW_TOO_LONG(Scope.ROW),
    // The row does not say what is needed.
    BAD_ACTION(Scope.ROW),
    NAME_MISSING(Scope.ROW),
    ID_MISSING(Scope.ROW),
    ID_UNEXPECTED(Scope.ROW),
    BAD_ID(Scope.ROW),
    CATALOG_MISSING(Scope.ROW),
    BAD_CATALOG(Scope.ROW),
    BAD_REQUEST_ID(Scope.ROW),
    DOUBLE_REQUEST_ID(Scope.ROW, true),
    BAD_UPDATED_AT(Scope.ROW),
    BAD_COLUMN(Scope.ROW),
    BAD_FIELD(Scope.ROW),
    ENUM_COUNT(Scope.ROW),
    // The row does not say it the way its mapping file says it does.
    EMPTY_CELL(Scope.ROW),
    BAD_NUMBER(Scope.ROW),
    BAD_DATE(Scope.ROW),
    BAD_WORD(Scope.ROW),
    UNKNOWN_OPTION(Scope.ROW),
    // A spreadsheet has shortened a number.
    LOST_DIGITS(Scope.ROW),
    // Its key does not say which element it is about.
    KEY_MISSING(Scope.ROW),
    DOUBLE_KEY(Scope.ROW, true),
    AMBIGUOUS_KEY(Scope.ROW),
    UNKNOWN_KEY(Scope.ROW),
    // The row is passed over on purpose; it is no reject.
    SKIPPED(Scope.ROW),
    // The element is not as the row needs it; nothing was sent.
    EDITED_SINCE(Scope.ROW),
    KIND_UNCLEAR(Scope.ROW),
    NOT_READ(Scope.ROW),
    // The API refused the row.
    NOT_FOUND(Scope.ROW),
    UNKNOWN_FIELD(Scope.ROW),
    BAD_FIELD_VALUE(Scope.ROW),
    REQUIRED_MISSING(Scope.ROW),
    NO_RIGHTS(Scope.ROW),
    STALE(Scope.ROW),
    API_REFUSED(Scope.ROW),
    REQUEST_REFUSED(Scope.ROW),
    // Someone gave the drop up.
    NOT_SENT(Scope.ROW),
    // The row may have been applied.
    NO_ANSWER(Scope.ROW),
    NOT_ACCOUNTED(Scope.ROW),
    AMBIGUOUS(Scope.ROW),
    OVERTAKEN(Scope.ROW),

    // The drop is refused as a whole.
    EMPTY_DROP(Scope.DROP),
    BINARY(Scope.DROP),
    CHARSET(Scope.DROP),
    NO_HEADER(Scope.DROP),
    DOUBLE_HEADER(Scope.DROP),
    QUOTE(Scope.DROP),
    ENDLESS_LINE(Scope.DROP),
    MALFORMED_JSON(Scope.DROP),
    BAD_GZIP(Scope.DROP),
    BAD_ZIP(Scope.DROP),
    BAD_WORKBOOK(Scope.DROP),
    TOO_LARGE(Scope.DROP),
    UNKNOWN_TYPE(Scope.DROP),
    CHANGED(Scope.DROP),
    ALREADY_LOADED(Scope.DROP),
    NO_MAPPING(Scope.DROP),
    TWO_MAPPINGS(Scope.DROP),
    BAD_MAPPING(Scope.DROP),
    COLUMN_MISSING(Scope.DROP),
    UNKNOWN_COLUMN(Scope.DROP),
    UNKNOWN_NAME(Scope.DROP),
    DRIFT(Scope.DROP),
    TOO_MANY_MISSING(Scope.DROP),
    TOO_MANY_REJECTS(Scope.DROP),
    MARKER_TAKEN(Scope.DROP),
    ABANDONED(Scope.DROP),

    // The run stops before its end; the state is kept.
    API_AWAY(Scope.RUN),
    UNAUTHORIZED(Scope.RUN),
    BLOCKED(Scope.RUN),
    ACCOUNT(Scope.RUN),
    TOO_MANY_REQUESTS(Scope.RUN),
    MOVED(Scope.RUN),
    UNEXPECTED_ANSWER(Scope.RUN),
    READ_REFUSED(Scope.RUN),
    OWNED(Scope.RUN),
    JOURNAL(Scope.RUN),
    DISK(Scope.RUN),
    NOT_AS_BEGUN(Scope.RUN),
    STOPPED(Scope.RUN);

    /** What a code is about. */
    public enum Scope {
        ROW,
        DROP,
        RUN
    }

    private final Scope scope;
    private final boolean stayingRejected;
    private final String word = name().toLowerCase(Locale.ROOT);

    Code(Scope scope) {
        this(scope, false);
    }

    Code(Scope scope, boolean stayingRejected) {
        this.scope = scope;
        this.stayingRejected = stayingRejected;
    }

    public Scope scope() {
        return scope;
    }

    /**
     * Returns whether a row with this code stays rejected when the rejects file is dropped again and the row was not fixed. It must for a
     * fault that the row's own cells do not show: loaded by itself, such a row could overwrite the element of another row. A row with
     * any other code is judged again, by its cells and by what the API says.
     */
    public boolean staysRejected() {
        return stayingRejected;
    }

    /** Returns the code of a word; empty if there is none. */
    public static Optional<Code> of(String word) {
        return Arrays.stream(values()).filter(code -> code.word.equals(word)).findFirst();
    }

    /** Returns the code as users see it: {@code name_missing}. */
    public String word() {
        return word;
    }
}
