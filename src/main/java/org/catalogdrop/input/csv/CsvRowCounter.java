package org.catalogdrop.input.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalLong;
import org.catalogdrop.input.text.LimitedInput;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.PhysicalFormat;

/**
 * Counts the rows of CSV without making them, at a small part of a parser's cost. It goes by the parser's rules: a quote opens only
 * at the start of a cell, and CR, LF and CRLF end a record outside of quotes. Where those say that something is unusual or wrong it
 * gives up, so that the parser, which knows better, can tell what.
 */
public final class CsvRowCounter {

    private static final int BLOCK = 1 << 14;

    /** Where in a record the next byte stands. */
    private enum Place {
        CELL_START,
        PLAIN,
        QUOTED,
        /** Behind a quote in quotes: the cell's end, or the first half of a doubled quote. */
        QUOTE
    }

    /** Is told of the header and of each row when it has ended. */
    interface Ends {
        /** Returns whether to go on; {@link #rows} is 0 at the header. */
        boolean ended(CsvRowCounter at);
    }

    private final LimitedInput text;
    private final int rowBytes;
    private final Ends ends;
    private final byte[] block = new byte[BLOCK];
    /** What earlier blocks had of the record that is being read. */
    private final ByteArrayOutputStream carried = new ByteArrayOutputStream();

    private final byte delimiter;
    private final boolean blankRows;
    private final boolean[] special = new boolean[256];
    private Place place = Place.CELL_START;
    private boolean several;
    private boolean blank = true;
    private boolean quoted;
    private boolean header;
    private long rows;
    private long records;
    private long position;
    private long recordStart;
    private boolean tooLong;
    private long passed;
    /** Where the record begins that is being read, and on which line; of the header it is where the text begins. */
    private long from;

    private long line = 1;
    private long lines;
    private long lastReturn = -2;

    public CsvRowCounter(LimitedInput text, PhysicalFormat shape, int rowBytes) {
        this(text, shape, rowBytes, at -> true);
    }

    CsvRowCounter(LimitedInput text, PhysicalFormat shape, int rowBytes, Ends ends) {
        char delimiter = shape.delimiter();
        this.blankRows = shape.table().blankRows();
        this.ends = ends;
        this.text = text;
        this.rowBytes = rowBytes;
        this.delimiter = (byte) delimiter;
        for (int octet = 0; octet <= ' '; octet++) {
            special[octet] = isBlank(octet);
        }
        special['"'] = true;
        special[delimiter] = true;
    }

    /** Returns whether it knows the rules by which a drop is to be parsed. */
    public static boolean canRead(Drop drop) {
        return drop.format().isCsv()
                && drop.shape().quote().equals(PhysicalFormat.DOUBLE_QUOTE)
                && drop.shape().table().escape().isEmpty();
    }

    private static boolean isBlank(int octet) {
        return Character.isWhitespace(octet);
    }

    /** Returns the rows, without header and rows in which nothing stands; empty if it gave up. */
    public OptionalLong count() throws IOException {
        for (int n = text.read(block); n >= 0; n = text.read(block)) {
            for (int i = 0; i < n; i++) {
                int start = i;
                while (i < n && !special[block[i] & 0xFF]) {
                    i++;
                }
                if (i > start && !plain()) {
                    return OptionalLong.empty();
                }
                position = passed + i;
                if (i < n && !take(block[i])) {
                    return OptionalLong.empty();
                }
            }
            int known = (int) Math.max(0, from - passed);
            carried.write(block, known, Math.max(0, n - known));
            passed += n;
        }
        position = passed;
        return end();
    }

    /** Returns the rows that have ended. */
    long rows() {
        return rows;
    }

    /** Where in the text the record begins that has ended. */
    long from() {
        return from;
    }

    /** Returns how many records have ended with it, blank ones included. */
    long records() {
        return records;
    }

    /** Returns the line on which it begins. */
    long line() {
        return line;
    }

    /** Its bytes, without its end; those of the header from the start of the text. */
    byte[] record() {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(carried.toByteArray());
        int known = (int) Math.max(0, from - passed);
        record.write(block, known, (int) (position - passed) - known);
        return record.toByteArray();
    }

    /** Takes bytes of no meaning. */
    private boolean plain() {
        place = place == Place.CELL_START ? Place.PLAIN : place;
        blank = false;
        return place != Place.QUOTE;
    }

    private boolean take(byte octet) {
        if (octet == '\r') {
            lines++;
            lastReturn = position;
        } else if (octet == '\n' && position != lastReturn + 1) {
            lines++;
        }
        return switch (place) {
            case CELL_START, PLAIN -> outside(octet);
            case QUOTED -> {
                if (octet == '"') {
                    place = Place.QUOTE;
                } else {
                    blank &= isBlank(octet);
                }
                yield true;
            }
            case QUOTE -> {
                if (octet == '"') {
                    place = Place.QUOTED;
                    blank = false;
                    yield true;
                }
                // Blanks behind a closing quote are the parser's to judge.
                yield (octet == delimiter || octet == '\n' || octet == '\r') && outside(octet);
            }
        };
    }

    private boolean outside(byte octet) {
        if (octet == delimiter) {
            several = true;
            place = Place.CELL_START;
        } else if (octet == '\r' || octet == '\n') {
            // The second half of a CRLF ends a blank record, which is none.
            return endRecord();
        } else if (octet == '"' && place == Place.CELL_START) {
            place = Place.QUOTED;
            quoted = true;
        } else {
            place = Place.PLAIN;
            blank &= octet != '"';
        }
        return true;
    }

    private boolean endRecord() {
        boolean more = true;
        records++;
        if (!header) {
            header = !blank;
            more = !header || ends.ended(this);
        } else if (isRow()) {
            rows++;
            more = ends.ended(this);
        }
        if (header) {
            from = position + 1;
            line = lines + 1;
            carried.reset();
        }
        // The parser is given some more, but just how much depends on its buffers.
        tooLong |= position - recordStart > rowBytes;
        recordStart = position;
        place = Place.CELL_START;
        several = false;
        blank = true;
        quoted = false;
        text.mark();
        return more;
    }

    /** As the parser's records are judged: something stands in it, or it is one empty cell in quotes. */
    private boolean isRow() {
        return !blank || (several ? blankRows : quoted);
    }

    private OptionalLong end() {
        if (place == Place.QUOTED) {
            return OptionalLong.empty();
        }
        if (place != Place.CELL_START || several) {
            endRecord();
        }
        return header && !tooLong ? OptionalLong.of(rows) : OptionalLong.empty();
    }
}
