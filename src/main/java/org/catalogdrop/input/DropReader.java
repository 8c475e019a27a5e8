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
 * <p>The iterators throw {@link DropRefused} where the file is unusable from there on, and
 * {@link org.catalogdrop.model.RunHalted} where it cannot be read for a reason outside of it; after that they give nothing more. What
 * is wrong with a single row is in the {@link Row}. A pass is for one thread; only {@link #bytesRead()} may be asked by another.
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

    /** @throws DropRefused CHANGED if the file is gone; BINARY, BAD_GZIP, BAD_ZIP or BAD_WORKBOOK if its first bytes are not what they were */
    public static DropReader open(Drop drop, ReadLimits limits) {
        return new DropReader(drop, limits, Optional.empty());
    }

    /** Returns the same of CSV from a place on; its rows have the numbers and lines they have in the whole. */
    public static DropReader open(Drop drop, ReadLimits limits, CsvPlace place) {
        return new DropReader(drop, limits, Optional.of(place));
    }

    /**
     * Looks for the first row that may not be skipped, without making those before it. In place of the rows.
     *
     * @return empty if the drop is to be read from its first row, since it is no CSV or something about it is unusual
     */
    public Optional<CsvPlace> seek(RowFilter skips) {
        try {
            return new RowSeek(drop, skips).find(source.text(), limits);
        } catch (DropRefused unusual) {
            // A reading of the rows meets the same, and can tell where.
            return Optional.empty();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    /**
     * Returns the text of the drop: unpacked, without byte order mark, held to the limits. For CSV it is to be read as ISO 8859-1, one byte
     * one character, so that nothing is lost before {@link #csv} decodes it. Its faults are thrown as {@link DropRefused}.
     */
    public InputStream stream() {
        return text;
    }

    /** Returns the bytes of the file read so far, packed if it is packed; the whole is {@code drop.size()}. */
    public long bytesRead() {
        return source.raw().count();
    }

    /**
     * Makes rows of the records of a parser that reads {@link #stream()} as ISO 8859-1 and gives blank lines as records. Reads the
     * header at once. Lines in which nothing stands are no rows.
     *
     * @throws DropRefused NO_HEADER, DOUBLE_HEADER, EMPTY_DROP, QUOTE and those of the stream
     */
    public Iterator<Row> csv(Iterator<CSVRecord> records) {
        CsvRows rows = new CsvRows(records, source.text(), text, drop, place);
        columns = rows.columns();
        return rows;
    }

    /**
     * Returns the rows of a drop of any form, parsed without a route.
     *
     * @throws IOException if the file cannot be read
     */
    public Iterator<Row> rows() throws IOException {
        return drop.format().isCsv() ? csv(records()) : json();
    }

    /**
     * Returns the number of rows, counted without making them, which is much quicker; empty if that takes a reading of {@link #csv} or
     * {@link #json}, since the drop is no CSV or something about it is unusual. In place of those; {@link #verify} follows.
     */
    public OptionalLong countRows() {
        if (!CsvRowCounter.canRead(drop)) {
            return OptionalLong.empty();
        }
        try {
            OptionalLong rows = new CsvRowCounter(source.text(), drop.shape(), limits.rowBytes()).count();
            // It took the line sep= for the header, and that for a row.
            return drop.shape().startsWithSepLine() && rows.isPresent() ? lessOne(rows.getAsLong()) : rows;
        } catch (DropRefused unusual) {
            // A reading of the rows meets the same, and can tell where.
            return OptionalLong.empty();
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    private static OptionalLong lessOne(long rows) {
        return rows == 0 ? OptionalLong.empty() : OptionalLong.of(rows - 1);
    }

    /** Returns how a parser must read the drop: its delimiter, quote and escape. */
    public CSVFormat csvFormat() {
        return Dialect.csv(drop.shape());
    }

    /** Returns the records of a CSV drop, whatever its delimiter and quote. */
    public Iterator<CSVRecord> records() throws IOException {
        return CSVParser.parse(stream(), StandardCharsets.ISO_8859_1, csvFormat())
                .iterator();
    }

    /** Returns the rows of a drop in one of the JSON forms. */
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

    /** Returns the header of a CSV drop, as {@link #csv} found it; empty before and for JSON. */
    public List<String> columns() {
        return columns;
    }

    /**
     * To be called after the last row: that the bytes of this pass were those the drop was identified by.
     *
     * @throws DropRefused CHANGED if they were not
     * @throws IllegalStateException if the rows were not read to their end, since the rest would be lost without a word
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

    /** As {@link #verify}, for who needs no more of its rows. */
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
