package org.catalogdrop.input.row;

import java.nio.charset.Charset;
import java.util.Optional;
import org.catalogdrop.model.Table;

/**
 * What is said of a drop beforehand, by a setting or a mapping file; what is empty is found out.
 *
 * @param charset how its text is encoded; a byte order mark in the file comes before it
 * @param delimiter what separates the cells of CSV
 * @param quote what encloses cells of CSV
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
     * A quote character, or that there is none.
     *
     * @param character what encloses cells; empty if nothing does
     */
    public record Quote(Optional<Character> character) {}
}
