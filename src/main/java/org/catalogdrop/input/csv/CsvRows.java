package org.catalogdrop.input.csv;

import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.commons.csv.CSVRecord;
import org.catalogdrop.input.row.ColumnRules;
import org.catalogdrop.input.row.Header;
import org.catalogdrop.input.row.RowIterator;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.input.text.LimitedInput;
import org.catalogdrop.input.text.LookBehindBuffer;
import org.catalogdrop.input.xlsx.BadCell;
import org.catalogdrop.input.xlsx.CellType;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Table;

/** The rows of CSV, made of the records of a parser that reads each byte as one character. Used by one thread. */
public final class CsvRows extends RowIterator {

    /** A header, the number of its line and of the line after it. */
    record HeaderLine(Header header, long start, long nextLine, long record) {}

    private final Iterator<CSVRecord> records;
    private final LimitedInput text;
    private final LookBehindBuffer recent;
    private final Charset charset;
    private final boolean workbook;
    private final Table table;
    private final Quoting quoting;
    private final List<String> columns;
    private final Ragged ragged;
    /** The column of rejects with the types of the cells; -1 if there is none. */
    private final int types;

    private final long lineShift;
    private long number;
    private long line;

    /**
     * Reads the header.
     *
     * @param recent the text that the parser reads
     * @param place where the rows after the header begin
     */
    public CsvRows(
            Iterator<CSVRecord> records,
            LimitedInput text,
            LookBehindBuffer recent,
            Drop drop,
            Optional<CsvPlace> place) {
        this.records = records;
        this.text = text;
        this.recent = recent;
        this.charset = drop.shape().charset();
        this.workbook = drop.format() == DropFormat.XLSX;
        this.table = drop.shape().table();
        this.quoting = new Quoting(drop.shape().quote(), table.escape(), table.linesAbove(), recent);
        HeaderLine first =
                header(records, text, quoting, drop.shape().startsWithSepLine()).orElseThrow(ReadFaults::empty);
        columns = first.header().unmarked(workbook).columns();
        ragged = new Ragged(columns, workbook, table);
        types = columns.stream().map(ColumnRules::ofRejects).toList().indexOf(ColumnRules.TYPES);
        long next = workbook ? first.record() + 1 + table.linesAbove() : first.nextLine();
        number = place.map(CsvPlace::rows).orElse(0L);
        line = place.map(CsvPlace::line).orElse(next);
        lineShift = line - next + table.linesAbove();
    }

    public List<String> columns() {
        return columns;
    }

    /** Returns the first record that is not blank, if there is one. */
    static Optional<HeaderLine> header(
            Iterator<CSVRecord> records, LimitedInput text, Quoting quoting, boolean sepLine) {
        long line = 1L + quoting.linesAbove();
        if (sepLine && hasNext(records, quoting, line)) {
            line = lineAfter(records.next()) + quoting.linesAbove();
        }
        while (hasNext(records, quoting, line)) {
            CSVRecord record = records.next();
            long start = line;
            line = lineAfter(record) + quoting.linesAbove();
            text.mark();
            if (!Header.isBlank(record)) {
                return Optional.of(new HeaderLine(Header.of(record), start, line, record.getRecordNumber()));
            }
        }
        return Optional.empty();
    }

    @Override
    public Row advance() {
        while (hasNext(records, quoting, line)) {
            CSVRecord record = records.next();
            long start = line;
            // A row of a workbook is one record, however many lines it has.
            line = (workbook ? record.getRecordNumber() + 1 : lineAfter(record)) + lineShift;
            if (isBlank(record)) {
                text.mark();
            } else {
                number++;
                text.mark(number, start);
                return row(start, record.values());
            }
        }
        return END;
    }

    /** Returns the line after a record. The parser is at the end of the record that it returned last. */
    private static long lineAfter(CSVRecord record) {
        return record.getParser().getCurrentLineNumber() + 1;
    }

    /**
     * Returns whether a record is no row because it is empty. A single empty cell in quotes is a row, because nothing else would write
     * it.
     */
    private boolean isBlank(CSVRecord record) {
        return record.size() == 1 ? recent.isBlank(record) : !table.blankRows() && Header.isBlank(record);
    }

    private Row row(long start, String[] read) {
        String[] cells = ragged.fitted(read);
        Object[] values = cells;
        for (int i = 0; i < cells.length; i++) {
            String decoded = Utf8.decode(cells[i]);
            if (decoded != cells[i]) {
                cells[i] = decoded;
                Object value = value(i, decoded);
                if (value != decoded && values == cells) {
                    values = Arrays.copyOf(cells, cells.length, Object[].class);
                }
                values[i] = value;
            }
        }
        if (types >= 0 && types < cells.length) {
            values = typedCells(cells, values);
        }
        List<Object> row = Arrays.asList(values);
        // The rejects keep as many cells as the header has, so nothing else would show that there were others.
        return new Row(
                number,
                start,
                columns,
                row,
                cells.length == columns.size() ? Optional.empty() : Optional.of(ragged.problem(row)));
    }

    /** Returns the value of a cell that has characters beyond ASCII. */
    private Object value(int index, String decoded) {
        String column = index < columns.size() ? columns.get(index) : "";
        if (workbook && CellType.isMarked(decoded)) {
            return CellType.typed(decoded);
        }
        if (workbook && BadCell.isMarked(decoded)) {
            return new Row.Damaged(BadCell.unmarked(decoded), BadCell.problem(column, decoded));
        }
        OptionalInt bad = Utf8.firstBadByte(decoded);
        return bad.isPresent() ? new Row.Damaged(decoded, badEncoding(column, bad.getAsInt())) : decoded;
    }

    /** Returns the cells with the types that rejects give them. */
    private Object[] typedCells(String[] cells, Object[] values) {
        Object[] typed = Arrays.copyOf(values, values.length, Object[].class);
        List<Optional<Row.Type>> parsed = CellType.parseTypes(cells[types], columns);
        for (int i = 0; i < Math.min(cells.length, parsed.size()); i++) {
            if (parsed.get(i).isPresent()) {
                typed[i] = CellType.typed(parsed.get(i).get(), cells[i]);
            }
        }
        return typed;
    }

    private Problem badEncoding(String column, int octet) {
        return new Problem(
                Code.BAD_ENCODING,
                column,
                "column '" + NormalizedName.show(column) + "' is not " + charset.name() + ": found the byte "
                        + Header.hex(octet)
                        + ", so it was probably saved in another encoding. Correct it and save the file as UTF-8."
                        + " For later files, set drop.charset.");
    }

    /** Reads the next record, and turns the parser's exceptions into refusals. */
    private static boolean hasNext(Iterator<CSVRecord> records, Quoting quoting, long line) {
        try {
            return records.hasNext();
        } catch (RuntimeException failure) {
            throw unwrapped(failure, quoting, line);
        }
    }

    private static RuntimeException unwrapped(RuntimeException failure, Quoting quoting, long line) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DropRefused || cause instanceof RunHalted) {
                return (RuntimeException) cause;
            }
        }
        // LimitedInput throws no IOException, so one that comes out is the parser's own and about the syntax.
        boolean syntax = failure instanceof UncheckedIOException || failure instanceof IllegalStateException;
        return syntax ? quoting.broken(failure, line) : failure;
    }
}
