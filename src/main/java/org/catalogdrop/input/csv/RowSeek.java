package org.catalogdrop.input.csv;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.input.row.RowFilter;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.input.text.LimitedInput;
import org.catalogdrop.input.text.LookBehindBuffer;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.PhysicalFormat;
import org.catalogdrop.model.Row;

/**
 * Finds the first row of CSV that must not be skipped, by counting those before it. The places where rows begin are those of
 * {@link CsvRowCounter}: if that gives up, there is no place. Used by one thread.
 */
public final class RowSeek {

    private final Drop drop;
    private final RowFilter skips;
    private byte[] header = new byte[0];
    private long last;
    private Optional<CsvPlace> found = Optional.empty();
    private boolean useless;

    public RowSeek(Drop drop, RowFilter skips) {
        this.drop = drop;
        this.skips = skips;
    }

    /** Returns the place; empty if the drop must be read from its first row. */
    public Optional<CsvPlace> find(LimitedInput text, ReadLimits limits) throws IOException {
        PhysicalFormat shape = drop.shape();
        if (!CsvRowCounter.canRead(drop) || shape.startsWithSepLine()) {
            return Optional.empty();
        }
        OptionalLong rows = new CsvRowCounter(text, shape, limits.rowBytes(), this::ended).count();
        if (useless || found.isPresent()) {
            return found;
        }
        // No row is left to be sent. The text after the last row is read for its checksum.
        return rows.isPresent()
                ? Optional.of(new CsvPlace(rows.getAsLong(), last, Long.MAX_VALUE, header))
                : Optional.empty();
    }

    private boolean ended(CsvRowCounter at) {
        // A row of a workbook is one record, however many lines it has.
        long counted = drop.format() == DropFormat.XLSX ? at.records() : at.line();
        last = counted + drop.shape().table().linesAbove();
        if (at.rows() == 0) {
            header = line(at.record());
            useless = !skips.mayBegin(rows(header, Optional.empty()).columns());
            return !useless;
        }
        if (skips.passes(at.rows())) {
            return true;
        }
        CsvPlace place = new CsvPlace(at.rows() - 1, last, at.from(), header);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(header);
        text.writeBytes(line(at.record()));
        Iterator<Row> rows = rows(text.toByteArray(), Optional.of(place));
        Optional<Row> row = rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
        // One record, one row: anything else would mean that the places are not the parser's.
        useless = row.isEmpty() || rows.hasNext();
        if (!useless && skips.passes(row.get())) {
            return true;
        }
        found = useless ? Optional.empty() : Optional.of(place);
        return false;
    }

    private static byte[] line(byte[] record) {
        byte[] line = java.util.Arrays.copyOf(record, record.length + 1);
        line[record.length] = '\n';
        return line;
    }

    private CsvRows rows(byte[] text, Optional<CsvPlace> place) {
        LimitedInput guard = new LimitedInput(new ByteArrayInputStream(text), Long.MAX_VALUE, text.length + 1);
        try {
            LookBehindBuffer recent = new LookBehindBuffer(guard, text.length + 1);
            Iterator<CSVRecord> records = CSVParser.parse(
                            recent, StandardCharsets.ISO_8859_1, Dialect.csv(drop.shape()))
                    .iterator();
            return new CsvRows(records, guard, recent, drop, place);
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }
}
