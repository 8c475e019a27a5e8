package org.catalogdrop.model;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How the rows of a drop are written down, and by what that is known.
 *
 * @param packing what the file is packed in
 * @param charset how its text is encoded
 * @param charsetBy what tells the charset
 * @param delimiter what separates cells; means nothing for the JSON forms
 * @param delimiterBy what tells the delimiter
 * @param quote what encloses cells; empty if nothing does
 * @param sepLine whether the first line is Excel's {@code sep=}
 * @param table how its rows are told from what else stands in the file
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

    public static final Optional<Character> DOUBLE_QUOTE = Optional.of('"');

    /** UTF-8, the format's delimiter, double quotes, the packing of the name. */
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

    public PhysicalFormat with(Table other) {
        return new PhysicalFormat(packing, charset, charsetBy, delimiter, delimiterBy, quote, sepLine, other);
    }

    /** Returns whether the line {@code sep=} is the first that is read. */
    public boolean startsWithSepLine() {
        return sepLine && table.linesAbove() == 0;
    }

    public boolean isUtf8() {
        return charset.equals(StandardCharsets.UTF_8);
    }
}
