package org.catalogdrop.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.input.csv.CsvPlace;
import org.catalogdrop.input.csv.CsvRowCounter;
import org.catalogdrop.input.csv.CsvRows;
import org.catalogdrop.input.csv.Dialect;
import org.catalogdrop.input.csv.RowSeek;
import org.catalogdrop.input.json.ApiDocumentRows;
import org.catalogdrop.input.json.JsonArrayRows;
import org.catalogdrop.input.json.JsonLineRows;
import org.catalogdrop.input.row.RowFilter;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.input.text.DecodingStack;
import org.catalogdrop.input.text.DropSource;
import org.catalogdrop.input.text.LookBehindBuffer;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Row;

/**
 * One pass over a drop, from its first byte to its last. Rows come as they are read; memory does not grow with their number.
 *
 * <p>The iterators throw {@link DropRefused} where the file is unusable from there on, and {@link org.catalogdrop.model.RunHalted} where
 * it cannot be read for a reason outside of it. After that they return nothing more. A problem of a single row is in the {@link Row}.
 * Used by one thread; only {@link #bytesRead()} may be called by another.
 */
public final class DropReader implements Closeable {

    private final Drop drop;
    private final ReadLimits limits;
    private final DropSource source;
    private final Optional<CsvPlace> place;
    private final LookBehindBuffer text;
    private List<String> columns = List.of();

    private DropReader(Drop drop, ReadLimits limits, Optional<CsvPlace> place) {
        this.drop = drop;
        this.limits = limits;
        this.place = place;
        this.source = DropSource.open(new DecodingStack(
                drop.path(),
                drop.shape().packing(),
                drop.format() == DropFormat.XLSX,
                drop.shape().charset(),
                limits,
                drop.shape().table()));
        this.text = new LookBehindBuffer(
                place.map(known -> known.text(source.text())).orElse(source.text()));
    }

    /** @throws DropRefused CHANGED if the file is gone; BINARY, BAD_GZIP, BAD_ZIP or BAD_WORKBOOK if its first bytes have changed */
    public static DropReader open(Drop drop, ReadLimits limits) {
        return new DropReader(drop, limits, Optional.empty());
    }

    /** Opens CSV from a place on. Its rows have the numbers and lines that they have in the whole file. */
    public static DropReader open(Drop drop, ReadLimits limits, CsvPlace place) {
        return new DropReader(drop, limits, Optional.of(place));
    }

    /**
     * Finds the first row that must not be skipped, without parsing those before it. Use it instead of reading the rows.
     *
     * @return empty if the drop must be read from its first row, because it is no CSV or unusual
     */
    public Optional<CsvPlace> seek(RowFilter skips) {
        try {
            return new RowSeek(drop, skips).find(source.text(), limits);
        } catch (DropRefused unusual) {
            // A reading of the rows finds the same fault, and knows where.
            return Optional.empty();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /**
     * Returns the text of the drop: unpacked, without byte order mark, and limited. CSV must be read as ISO 8859-1, one character for
     * each byte, so that nothing is lost before {@link #csv} decodes it. Faults are thrown as {@link DropRefused}.
     */
    public InputStream stream() {
        return text;
    }

    /** Returns the bytes of the file read so far, packed if it is packed; the total is {@code drop.size()}. */
    public long bytesRead() {
        return source.raw().count();
    }

    /**
     * Makes rows of the records of a parser that reads {@link #stream()} as ISO 8859-1 and returns blank lines as records. Reads the
     * header at once. Empty lines are no rows.
     *
     * @throws DropRefused NO_HEADER, DOUBLE_HEADER, EMPTY_DROP, QUOTE and those of the stream
     */
    public Iterator<Row> csv(Iterator<CSVRecord> records) {
        CsvRows rows = new CsvRows(records, source.text(), text, drop, place);
        columns = rows.columns();
        return rows;
    }

    /**
     * Returns the rows of a drop of any format, parsed without a route.
     *
     * @throws IOException if the file cannot be read
     */
    public Iterator<Row> rows() throws IOException {
        return drop.format().isCsv() ? csv(records()) : json();
    }

    /**
     * Returns the number of rows, counted without parsing them, which is much quicker. It is empty if {@link #csv} or {@link #json} must
     * be read for it, because the drop is no CSV or unusual. Use it instead of those; {@link #verify} follows.
     */
    public OptionalLong countRows() {
        if (!CsvRowCounter.canRead(drop)) {
            return OptionalLong.empty();
        }
        try {
            OptionalLong rows = new CsvRowCounter(source.text(), drop.shape(), limits.rowBytes()).count();
            // It took the line sep= for the header, and the header for a row.
            return drop.shape().startsWithSepLine() && rows.isPresent() ? lessOne(rows.getAsLong()) : rows;
        } catch (DropRefused unusual) {
            // A reading of the rows finds the same fault, and knows where.
            return OptionalLong.empty();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    private static OptionalLong lessOne(long rows) {
        return rows == 0 ? OptionalLong.empty() : OptionalLong.of(rows - 1);
    }

    /** Returns how a parser must read the drop: its delimiter, quote and escape character. */
    public CSVFormat csvFormat() {
        return Dialect.csv(drop.shape());
    }

    /** Returns the records of a CSV drop, whatever its delimiter and quote. */
    public Iterator<CSVRecord> records() throws IOException {
        return CSVParser.parse(stream(), StandardCharsets.ISO_8859_1, csvFormat())
                .iterator();
    }

    /** Returns the rows of a JSON drop. */
    public Iterator<Row> json() {
        return switch (drop.format()) {
            case JSON_ARRAY ->
                new JsonArrayRows(source.text(), drop.shape().table().rows());
            case API_DOCUMENT -> new ApiDocumentRows(source.text());
            case JSON_LINES ->
                new JsonLineRows(
                        source.text(), limits.rowBytes(), drop.shape().table().rows());
            case CSV_COMMA, CSV_SEMICOLON, CSV_TAB, CSV_PIPE, CSV_OTHER, XLSX ->
                throw new IllegalStateException(
                        "a drop in the form " + drop.format().word() + " has no JSON");
        };
    }

    /** Returns the header of a CSV drop that {@link #csv} found; empty before that and for JSON. */
    public List<String> columns() {
        return columns;
    }

    /**
     * Checks after the last row that the bytes of this pass were those of the drop's digest.
     *
     * @throws DropRefused CHANGED if they were not
     * @throws IllegalStateException if the rows were not read to their end, because the rest would be lost silently
     */
    public void verify() {
        if (!source.text().ended()) {
            throw new IllegalStateException("the rows of " + drop.name() + " were not read to their end");
        }
        try {
            source.raw().toEnd();
            if (source.raw().count() != drop.size() || source.raw().checksum() != drop.checksum()) {
                throw new DropRefused(
                        Code.CHANGED,
                        "The file was changed while it was being loaded. Drop the version that you want to load. Write it under another name first and rename it then.");
            }
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /** Reads the rest and checks it like {@link #verify}, for callers that need no more rows. */
    public void verifyRest() {
        byte[] block = new byte[1 << 14];
        while (source.text().read(block, 0, block.length) >= 0) {
            source.text().mark();
        }
        verify();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
