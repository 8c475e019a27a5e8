package org.catalogdrop.input.row;

import java.nio.charset.Charset;
import java.util.Optional;
import org.catalogdrop.model.Table;

/**
 * What a setting or mapping file says about the format of a drop. Empty parts are detected.
 *
 * @param charset the charset of its text; a byte order mark in the file wins
 * @param delimiter the delimiter of CSV
 * @param quote the quote of CSV
 * @param table where the table is
 */
public record FormatHints(
        Optional<Charset> charset, Optional<Character> delimiter, Optional<Quote> quote, Table table) {

    public FormatHints(Optional<Charset> charset, Optional<Character> delimiter, Optional<Quote> quote) {
        this(charset, delimiter, quote, Table.PLAIN);
    }

    public static final FormatHints NOTHING = new FormatHints(Optional.empty(), Optional.empty(), Optional.empty());

    public FormatHints with(Table other) {
        return new FormatHints(charset, delimiter, quote, other);
    }

    /**
     * A quote character, or none.
     *
     * @param character the quote around cells; empty if there is none
     */
    public record Quote(Optional<Character> character) {}
}
