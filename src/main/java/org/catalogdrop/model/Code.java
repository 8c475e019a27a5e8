package org.catalogdrop.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The stable codes of problems. {@code docs/rejects.md} lists the cause and cure of each; a test compares the two. Codes of
 * {@link Scope#ROW} are in results and rejects, codes of {@link Scope#DROP} in {@code NAME.reason.txt}, codes of {@link Scope#RUN} in the
 * message of a run that stopped before its end. Numbers in parentheses are HTTP statuses and error codes of the API.
 */
public enum Code {
    // The row cannot be read.
    /** The CSV row has fewer or more cells than the header. */
    RAGGED_ROW(Scope.ROW, true),
    /** A column that is read has bytes that are not valid in the file's charset. */
    BAD_ENCODING(Scope.ROW),
    /** A cell of a workbook, in a column that is read, has an error or a value that cannot be read exactly. */
    BAD_CELL(Scope.ROW, true),
    /** A cell of a workbook, in a column that is read, is merged with the cell above. */
    MERGED_CELL(Scope.ROW, true),
    /** A text has a NUL or half a surrogate pair, or a value is not a text where one is needed. */
    BAD_TEXT(Scope.ROW),
    /** The line of a JSON-lines drop is not JSON. */
    MALFORMED_LINE(Scope.ROW),
    /** The row of a JSON drop is a number, a text or a list. */
    NOT_AN_OBJECT(Scope.ROW),
    /** A column that is read appears twice in the row, or two columns mean the same. */
    DOUBLE_COLUMN(Scope.ROW),
    /** The line of a JSON-lines drop is longer than {@code drop.row-limit}. */
    ROW_TOO_LONG(Scope.ROW),
    // The row does not say what is needed.
    /** The action is not {@code add}, {@code update}, {@code delete} or empty. */
    BAD_ACTION(Scope.ROW),
    /** An add or update has no name. */
    NAME_MISSING(Scope.ROW),
    /** An update or delete has no id. */
    ID_MISSING(Scope.ROW),
    /** An add has an id. */
    ID_UNEXPECTED(Scope.ROW),
    /** The id is not a whole number from 1. */
    BAD_ID(Scope.ROW),
    /** Neither the row nor {@code kommo.catalog-id} names the list. A list read without a list has this code too. */
    CATALOG_MISSING(Scope.ROW),
    /** {@code catalog_id} is not a whole number from 1. */
    BAD_CATALOG(Scope.ROW),
    /** {@code request_id} is not a whole number 0…2147483647. */
    BAD_REQUEST_ID(Scope.ROW),
    /** An earlier row has the same {@code request_id}. */
    DOUBLE_REQUEST_ID(Scope.ROW, true),
    /** {@code updated_at} is neither unix seconds nor ISO 8601. */
    BAD_UPDATED_AT(Scope.ROW),
    /** A {@code cf:} column names no field. */
    BAD_COLUMN(Scope.ROW),
    /** A value has no form that the field columns or {@code custom_fields} take. */
    BAD_FIELD(Scope.ROW),
    /** {@code cf:ID:enum} has not as many entries as {@code cf:ID}. */
    ENUM_COUNT(Scope.ROW),
    // The row is not written as its mapping file says.
    /** The cell is empty and the mapping file says {@code empty: reject}. */
    EMPTY_CELL(Scope.ROW),
    /** The cell is not a number in the form that the mapping file describes. */
    BAD_NUMBER(Scope.ROW),
    /** The cell is not a date in the pattern of the mapping file, or that date or time does not exist or is not unique. */
    BAD_DATE(Scope.ROW),
    /** The cell is none of the words for true and false. */
    BAD_WORD(Scope.ROW),
    /** No option of the list field has this label, or several have it. */
    UNKNOWN_OPTION(Scope.ROW),
    // A spreadsheet has shortened a number.
    /** The text is a number that a spreadsheet has shortened, so digits may be lost. */
    LOST_DIGITS(Scope.ROW),
    // Its key does not identify one element.
    /** The row has no key. */
    KEY_MISSING(Scope.ROW),
    /** An earlier row has the same key. */
    DOUBLE_KEY(Scope.ROW, true),
    /** Two elements of the list have the key. */
    AMBIGUOUS_KEY(Scope.ROW),
    /** No element has the key, and the mapping file says that such rows are rejected. */
    UNKNOWN_KEY(Scope.ROW),
    // The row is skipped on purpose; it is no reject.
    /** The mapping file skips the row. The outcome is {@code skipped}, not {@code rejected}. */
    SKIPPED(Scope.ROW),
    // The element is not as the row needs it; nothing was sent.
    /** The element is not as the row's {@code _was:} columns say. */
    EDITED_SINCE(Scope.ROW),
    /** The row has kinds of values as words and the account has them as numbers, so the update might erase a value. */
    KIND_UNCLEAR(Scope.ROW),
    /** The element must be read first, but the list answered with other elements. */
    NOT_READ(Scope.ROW),
    // The API refused the row.
    /** There is no such element or list (282, 404), or the look-up found none. */
    NOT_FOUND(Scope.ROW),
    /** The list has no such field (204). */
    UNKNOWN_FIELD(Scope.ROW),
    /** A value does not fit its field (203). */
    BAD_FIELD_VALUE(Scope.ROW),
    /** Something that the API requires is missing (283, 284, 285). */
    REQUIRED_MISSING(Scope.ROW),
    /** The user of the token may not change this list (202). */
    NO_RIGHTS(Scope.ROW),
    /** The element was changed later than the row's {@code updated_at}. */
    STALE(Scope.ROW),
    /** The API refused the row for another reason. */
    API_REFUSED(Scope.ROW),
    /** The API refuses every request with this row, even alone, or answers again and again without it and does not apply it. */
    REQUEST_REFUSED(Scope.ROW),
    // Someone abandoned the drop.
    /** Someone abandoned the drop by {@code forget} before this row was applied. */
    NOT_SENT(Scope.ROW),
    // The row may have been applied.
    /** No answer came, or a 5xx: the row may have been applied. */
    NO_ANSWER(Scope.ROW),
    /** The answer does not mention the row, or contradicts itself about it. Only in the log. */
    NOT_ACCOUNTED(Scope.ROW),
    /** The row is in doubt, and what the list has does not decide it. */
    AMBIGUOUS(Scope.ROW),
    /** The row is in doubt, and a later row of its element was applied since. */
    OVERTAKEN(Scope.ROW),

    // The drop is refused as a whole.
    /** The file is empty. */
    EMPTY_DROP(Scope.DROP),
    /** The file is not text, or it is packed under another name. */
    BINARY(Scope.DROP),
    /** The charset of the text is not certain, or it is not the one that is set. */
    CHARSET(Scope.DROP),
    /** No column of the first line is known, or that line is not in the charset. */
    NO_HEADER(Scope.DROP),
    /** A column that is read appears twice in the header. */
    DOUBLE_HEADER(Scope.DROP),
    /** A double quote is not closed, or text follows a closed one: no row boundary is certain from there on. */
    QUOTE(Scope.DROP),
    /** A row of CSV or of a JSON array is longer than {@code drop.row-limit}. */
    ENDLESS_LINE(Scope.DROP),
    /** The JSON array or document cannot be read to its end. */
    MALFORMED_JSON(Scope.DROP),
    /** The file is named {@code .gz} and cannot be unpacked. */
    BAD_GZIP(Scope.DROP),
    /** The file is named {@code .zip} and cannot be unpacked, is encrypted, or does not have exactly one file in it. */
    BAD_ZIP(Scope.DROP),
    /** The file is named {@code .xlsx} and cannot be read. */
    BAD_WORKBOOK(Scope.DROP),
    /** The file unpacks to more than {@code drop.unpacked-limit}. */
    TOO_LARGE(Scope.DROP),
    /** The name has none of the known endings, the content is not what the name says, or the body is of no known type. */
    UNKNOWN_TYPE(Scope.DROP),
    /** The file was changed or removed while it was loaded. */
    CHANGED(Scope.DROP),
    /** The same bytes were loaded before. */
    ALREADY_LOADED(Scope.DROP),
    /** The columns are not the standard ones, and no mapping file fits the name. */
    NO_MAPPING(Scope.DROP),
    /** Several mapping files fit the drop. */
    TWO_MAPPINGS(Scope.DROP),
    /** The mapping file has errors. */
    BAD_MAPPING(Scope.DROP),
    /** The mapping file reads columns that the drop does not have. */
    COLUMN_MISSING(Scope.DROP),
    /** The drop has columns that are not standard ones, and {@code drop.unknown-columns=refuse} is set. */
    UNKNOWN_COLUMN(Scope.DROP),
    /** A name in the mapping file or in a column {@code cf:NAME} has no list, field or label in the account, or several. */
    UNKNOWN_NAME(Scope.DROP),
    /** A name in the mapping file has another meaning in the account than at the last drop. */
    DRIFT(Scope.DROP),
    /** More elements are missing from the complete list than {@code missing_at_most} allows. */
    TOO_MANY_MISSING(Scope.DROP),
    /** More rows would be rejected than {@code drop.on-reject} or {@code on_reject} of the mapping file allows. */
    TOO_MANY_REJECTS(Scope.DROP),
    /** A row that is added sets the field that {@code kommo.marker-field} names. */
    MARKER_TAKEN(Scope.DROP),
    /** Someone abandoned the drop by {@code forget}. */
    ABANDONED(Scope.DROP),

    // The run stops before its end; the state is kept.
    /** The API cannot be reached, or did not take a request in several tries. */
    API_AWAY(Scope.RUN),
    /** The API does not accept the token (401), the token file cannot be read, or the API gives no new pair of tokens. */
    UNAUTHORIZED(Scope.RUN),
    /** The API blocks this address or account (403). */
    BLOCKED(Scope.RUN),
    /** The subscription or the account does not allow the access (402, 101, 110–113, 244, 288). */
    ACCOUNT(Scope.RUN),
    /** The API still answers 429 after several tries. */
    TOO_MANY_REQUESTS(Scope.RUN),
    /** The account is at another address (3xx), and the token does not follow it. */
    MOVED(Scope.RUN),
    /** The answer does not belong to such a request. */
    UNEXPECTED_ANSWER(Scope.RUN),
    /** The API refuses to read a list (4xx). */
    READ_REFUSED(Scope.RUN),
    /** Another process has the state folder or the inbox. */
    OWNED(Scope.RUN),
    /** The journal cannot be used. Nothing is sent without it. */
    JOURNAL(Scope.RUN),
    /** A file or folder cannot be read or written. */
    DISK(Scope.RUN),
    /** The drop, its format or the settings have changed since its load began. */
    NOT_AS_BEGUN(Scope.RUN),
    /** The program was asked to stop. */
    STOPPED(Scope.RUN);

    /** What a code is about. */
    public enum Scope {
        /** One row. The others load. */
        ROW,
        /** The whole drop. It is refused. */
        DROP,
        /** The run. It stops before its end, and the next run resumes. */
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

    /**
     * Returns what the code is about.
     *
     * @return row, drop or run
     */
    public Scope scope() {
        return scope;
    }

    /**
     * Returns whether a row with this code stays rejected when the rejects file is dropped again and the row was not fixed. That is needed
     * for faults that the row's own cells do not show. Loaded by itself, such a row could overwrite the element of another row. Rows with
     * other codes are checked again, by their cells and by the API.
     *
     * @return true if the row must be fixed first
     */
    public boolean staysRejected() {
        return stayingRejected;
    }

    /**
     * Returns the code that a word names.
     *
     * @param word a word as {@link #word()} returns it
     * @return the code; empty if there is none
     */
    public static Optional<Code> of(String word) {
        return Arrays.stream(values()).filter(code -> code.word.equals(word)).findFirst();
    }

    /**
     * Returns the code as users see it.
     *
     * @return for example {@code name_missing}
     */
    public String word() {
        return word;
    }
}
