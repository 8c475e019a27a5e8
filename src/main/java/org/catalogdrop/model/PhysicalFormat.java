package org.catalogdrop.model;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How the rows of a drop are written in its file, and how that was detected.
 *
 * @param packing the compression of the file
 * @param charset the charset of its text
 * @param charsetBy how the charset was detected
 * @param delimiter the delimiter of cells; has no meaning for JSON
 * @param delimiterBy how the delimiter was detected
 * @param quote the quote around cells; empty if there is none
 * @param sepLine whether the file has Excel's line {@code sep=} at its start
 * @param table where the table is in the file
 */
public record PhysicalFormat(
        Packing packing,
        Charset charset,
        DetectedBy charsetBy,
        char delimiter,
        DetectedBy delimiterBy,
        Optional<Character> quote,
        boolean sepLine,
        Table table) {

    /** The usual quote of CSV. */
    public static final Optional<Character> DOUBLE_QUOTE = Optional.of('"');

    /**
     * Returns the usual format: UTF-8, the format's delimiter, double quotes, and the packing that the name says.
     *
     * @param name the file name
     * @param format the format of the rows
     * @return the physical format
     */
    public static PhysicalFormat plain(String name, DropFormat format) {
        return new PhysicalFormat(
                Packing.of(name),
                StandardCharsets.UTF_8,
                DetectedBy.CONTENT,
                format.delimiter(),
                DetectedBy.CONTENT,
                DOUBLE_QUOTE,
                false,
                Table.PLAIN);
    }

    /**
     * Returns this format with another place of the table.
     *
     * @param other where the table is
     * @return a copy
     */
    public PhysicalFormat with(Table other) {
        return new PhysicalFormat(packing, charset, charsetBy, delimiter, delimiterBy, quote, sepLine, other);
    }

    /**
     * Returns whether the first line that is read is {@code sep=}.
     *
     * @return false if there is no such line, or if the lines above the header are not read
     */
    public boolean startsWithSepLine() {
        return sepLine && table.linesAbove() == 0;
    }

    /**
     * Returns whether the text is UTF-8.
     *
     * @return true for UTF-8
     */
    public boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }
}
