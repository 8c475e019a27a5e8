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
import org.catalogdrop.input.row.Skips;
import org.catalogdrop.input.stream.Limits;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.text.Guard;
import org.catalogdrop.input.text.Recent;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.Format;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Shape;

/**
 * Looks for the first row of CSV that may not be skipped, at the price of counting those before it. The places where rows begin are those
 * of {@link RowCount}: where that is not sure of itself, there is no place.
 */
public final class Seek {

    private final Drop drop;
    private final Skips skips;
    private byte[] header = new byte[0];
    private long last;
    private Optional<Place> found = Optional.empty();
    private boolean useless;

    public Seek(Drop drop, Skips skips) {
        this.drop = drop;
        this.skips = skips;
    }

    /** Empty if the drop must be read from its first row. */
    public Optional<Place> find(Guard text, Limits limits) throws IOException {
        Shape shape = drop.shape();
        if (!RowCount.canRead(drop) || shape.startsWithSepLine()) {
            return Optional.empty();
        }
        OptionalLong rows = new RowCount(text, shape, limits.rowBytes(), this::ended).count();
        if (useless || found.isPresent()) {
            return found;
        }
        // Nothing is left to be sent; the text behind the last row is read for its sum.
        return rows.isPresent()
                ? Optional.of(new Place(rows.getAsLong(), last, Long.MAX_VALUE, header))
                : Optional.empty();
    }

    private boolean ended(RowCount at) {
        // A row of a workbook is a record, however many lines stand in it.
        long counted = drop.format() == Format.XLSX ? at.records() : at.line();
        last = counted + drop.shape().table().linesAbove();
        if (at.rows() == 0) {
            header = line(at.record());
            useless = !skips.mayBegin(rows(header, Optional.empty()).columns());
            return !useless;
        }
        if (skips.passes(at.rows())) {
            return true;
        }
        Place place = new Place(at.rows() - 1, last, at.from(), header);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(header);
        text.writeBytes(line(at.record()));
        Iterator<Row> rows = rows(text.toByteArray(), Optional.of(place));
        Optional<Row> row = rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
        // One record, one row: what else comes out would mean that the places are not the parser's.
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

    private CsvRows rows(byte[] text, Optional<Place> place) {
        Guard guard = new Guard(new ByteArrayInputStream(text), Long.MAX_VALUE, text.length + 1);
        try {
            Recent recent = new Recent(guard, text.length + 1);
            Iterator<CSVRecord> records = CSVParser.parse(
                            recent, StandardCharsets.ISO_8859_1, FoundDialect.csv(drop.shape()))
                    .iterator();
            return new CsvRows(records, guard, recent, drop, place);
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }
}
