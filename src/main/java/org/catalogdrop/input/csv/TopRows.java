package org.catalogdrop.input.csv;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.input.row.Header;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.text.DecodingStack;
import org.catalogdrop.input.text.DropSource;
import org.catalogdrop.input.text.LimitedInput;
import org.catalogdrop.model.Table;

/**
 * The rows at the top of a file, one of which is the header. Each line of CSV is parsed by itself, because the lines above a table need
 * not be CSV. Immutable.
 */
final class TopRows {

    /** The number of lines that are examined. */
    static final int MOST = 1000;

    private static final int MOST_BYTES = 1 << 20;
    private static final double ALMOST = 0.7;

    private final List<Top> rows;

    /** A row that is not empty, and its line; in a workbook the row of the sheet. */
    record Top(int line, Header header) {}

    private TopRows(List<Top> rows) {
        this.rows = rows;
    }

    /** Reads the top rows of the whole text, whichever row is expected to be the header. */
    static TopRows of(DecodingStack layers, CSVFormat format) {
        DecodingStack whole = layers.with(layers.table().withHeader(Table.SEARCHED));
        try (DropSource source = DropSource.open(whole)) {
            return new TopRows(layers.workbook() ? records(source.text(), format) : lines(text(source.text()), format));
        } catch (IOException e) {
            throw ReadFaults.unreadable(e);
        }
    }

    private static List<Top> records(LimitedInput text, CSVFormat format) throws IOException {
        List<Top> rows = new ArrayList<>();
        try (CSVParser parser = CSVParser.parse(new InputStreamReader(text, StandardCharsets.ISO_8859_1), format)) {
            Iterator<CSVRecord> records = parser.iterator();
            while (records.hasNext()) {
                CSVRecord record = records.next();
                text.mark();
                if (record.getRecordNumber() > MOST) {
                    break;
                }
                if (!Header.isBlank(record)) {
                    rows.add(new Top((int) record.getRecordNumber(), Header.of(record)));
                }
            }
        }
        return rows;
    }

    private static char[] text(LimitedInput text) {
        byte[] bytes = new byte[MOST_BYTES];
        int size = 0;
        int n = 0;
        while (n >= 0 && size < bytes.length) {
            text.mark();
            n = text.read(bytes, size, bytes.length - size);
            size += Math.max(0, n);
        }
        return new String(bytes, 0, size, StandardCharsets.ISO_8859_1).toCharArray();
    }

    private static List<Top> lines(char[] text, CSVFormat format) {
        List<Top> rows = new ArrayList<>();
        int line = 1;
        for (int start = 0; start < text.length && line <= MOST; line++) {
            int end = start;
            while (end < text.length && text[end] != '\n' && text[end] != '\r') {
                end++;
            }
            if (!new String(text, start, end - start).isBlank()) {
                int number = line;
                record(text, start, format).ifPresent(header -> rows.add(new Top(number, header)));
            }
            boolean pair = end + 1 < text.length && text[end] == '\r' && text[end + 1] == '\n';
            start = end + (pair ? 2 : 1);
        }
        return rows;
    }

    /** Returns the record that begins at a line; empty if it is no CSV, or blank. */
    private static Optional<Header> record(char[] text, int start, CSVFormat format) {
        try (CSVParser parser = CSVParser.parse(new CharArrayReader(text, start, text.length - start), format)) {
            CSVRecord record = parser.iterator().next();
            return Header.isBlank(record) ? Optional.empty() : Optional.of(Header.of(record));
        } catch (IOException | UncheckedIOException | IllegalStateException noCsv) {
            return Optional.empty();
        }
    }

    Optional<Top> at(int line) {
        return rows.stream().filter(row -> row.line() == line).findFirst();
    }

    boolean isFirst(Top row) {
        return first().filter(row::equals).isPresent();
    }

    Optional<Top> first() {
        return rows.stream().findFirst();
    }

    /** Returns the first row that has all columns. */
    Optional<Top> withAll(Set<String> columns) {
        return rows.stream()
                .filter(row -> row.header().hasAll(columns))
                .findFirst()
                .map(row -> {
                    Top last = last(row);
                    return last.header().hasAll(columns) ? last : row;
                });
    }

    /** Returns the last row of a header over several rows, some of whose names are merged. */
    private Top last(Top row) {
        return at(row.line() + 1)
                .filter(next -> next.header().isOfNames() && next.header().repeats(row.header()))
                .map(this::last)
                .orElse(row);
    }

    /** Returns the first row that has most of the columns; empty if none has any. */
    Optional<Top> withMost(Set<String> columns) {
        Top best = null;
        long most = 0;
        for (Top row : rows) {
            long known = row.header().known(columns);
            if (known > most) {
                best = row;
                most = known;
            }
        }
        return Optional.ofNullable(best);
    }

    /** Returns the row that looks most like a header: about as wide as most rows, and with names only. */
    Optional<Top> likely() {
        int width = usualWidth();
        return rows.stream()
                .filter(row -> width >= 2 && row.header().filled() >= Math.max(2, Math.ceil(ALMOST * width)))
                .filter(row -> row.header().isOfNames())
                .findFirst()
                .map(this::last)
                .or(this::first);
    }

    /** Returns the usual number of filled cells of a row. */
    private int usualWidth() {
        Map<Integer, Integer> counts = new TreeMap<>();
        rows.forEach(row -> counts.merge(row.header().filled(), 1, Integer::sum));
        int most = counts.isEmpty() ? 0 : Collections.max(counts.values());
        return counts.entrySet().stream()
                .filter(count -> count.getValue() == most)
                .mapToInt(Map.Entry::getKey)
                .max()
                .orElse(0);
    }

    /** Returns how many rows follow a line, as far as lines are examined. */
    int below(int line) {
        return (int) rows.stream().filter(row -> row.line() > line).count();
    }

    /** Returns whether rows follow a line, so that it may be a header. */
    boolean goesOnAfter(int line) {
        return rows.stream().anyMatch(row -> row.line() > line);
    }
}
