package org.catalogdrop.mapping.rule;

/**
 * How the drop is written, as far as the mapping file says it; each empty if it is to be found out.
 *
 * @param delimiter what separates cells, one character
 * @param quote what cells are quoted with, one character
 * @param charset the name of the charset
 */
public record CsvSettings(String delimiter, String quote, String charset) {

    /** All is to be found out. */
    public static final CsvSettings NONE = new CsvSettings("", "", "");
}
