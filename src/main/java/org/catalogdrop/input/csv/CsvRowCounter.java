package org.catalogdrop.input.csv;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.OptionalLong;
import org.catalogdrop.input.text.LimitedInput;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.PhysicalFormat;

/**
 * Counts the rows of CSV without parsing them, at a small part of a parser's cost. It follows the parser's rules: a quote opens only at
 * the start of a cell, and CR, LF and CRLF end a record outside of quotes. If something is unusual or wrong, it gives up, so that the
 * parser can report it. Used by one thread.
 */
public final class CsvRowCounter {

    private static final int BLOCK = 1 << 14;

    /** The state within a record. */
    private enum Place {
        CELL_START,
        PLAIN,
        QUOTED,
        /** After a quote in quotes: the end of the cell, or the first half of a doubled quote. */
        QUOTE
    }

    /** Called for the header and for each row when it has ended. */
    interface Ends {
        /** Returns whether to continue; {@link #rows} is 0 at the header. */
        boolean ended(CsvRowCounter at);
    }

    private final LimitedInput text;
    private final int rowBytes;
    private final Ends ends;
    private final byte[] block = new byte[BLOCK];
    /** The part of the current record that was in earlier blocks. */
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
    /** The position and line at which the current record begins; for the header, where the text begins. */
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

    /** Returns whether it knows the rules for parsing a drop. */
    public static boolean canRead(Drop drop) {
        return drop.format().isCsv()
                && drop.shape().quote().equals(PhysicalFormat.DOUBLE_QUOTE)
                && drop.shape().table().escape().isEmpty();
    }

    private static boolean isBlank(int octet) {
        return Character.isWhitespace(octet);
    }

    /** Returns the number of rows, without header and empty rows; empty if it gave up. */
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

    /** Returns the number of rows that have ended. */
    long rows() {
        return rows;
    }

    /** Returns the position in the text at which the ended record begins. */
    long from() {
        return from;
    }

    /** Returns the number of records up to and including the ended one, blank ones included. */
    long records() {
        return records;
    }

    /** Returns the line on which it begins. */
    long line() {
        return line;
    }

    /** Returns its bytes, without its end; for the header, those from the start of the text. */
    byte[] record() {
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes(carried.toByteArray());
        int known = (int) Math.max(0, from - passed);
        record.write(block, known, (int) (position - passed) - known);
        return record.toByteArray();
    }

    /** Skips bytes without a meaning for CSV. */
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
                // Blanks after a closing quote are left to the parser.
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
        // The parser may read a little more, depending on its buffers.
        tooLong |= position - recordStart > rowBytes;
        recordStart = position;
        place = Place.CELL_START;
        several = false;
        blank = true;
        quoted = false;
        text.mark();
        return more;
    }

    /** Returns whether the record is a row, by the rule for the parser's records: it is not empty, or it is one empty cell in quotes. */
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
