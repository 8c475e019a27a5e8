package org.catalogdrop.mapping.rule;

/**
 * How the drop is written according to the mapping file; each part is empty if it is detected.
 *
 * @param delimiter the delimiter, one character
 * @param quote the quote, one character
 * @param charset the name of the charset
 */
public record CsvSettings(String delimiter, String quote, String charset) {

    /** Everything is detected. */
    public static final CsvSettings NONE = new CsvSettings("", "", "");
}
