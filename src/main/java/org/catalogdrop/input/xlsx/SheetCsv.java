package org.catalogdrop.input.xlsx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.input.stream.BlockStream;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.input.stream.Zip;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Table;

/**
 * A sheet of a workbook as CSV in UTF-8, one record for each row of the sheet from the header on. Rows below the header have as many
 * cells as the header: cells beside the table are no part of it. Used by one thread.
 */
public final class SheetCsv extends BlockStream {

    private final Workbook book;
    private final XmlPart xml;
    private final SheetRows rows;
    private final Table table;
    private final Optional<MergedCells> merged;
    private final Octets text = new Octets();
    private int position;
    private int record;
    private int width;
    private boolean ended;

    private SheetCsv(Workbook book, XmlPart xml, Optional<MergedCells> merged, ReadLimits limits, Table table) {
        this.merged = merged;
        this.table = table;
        this.record = table.linesAbove();
        this.book = book;
        this.xml = xml;
        this.rows = new SheetRows(book, xml, limits.rowBytes());
    }

    public static InputStream open(Path file, ReadLimits limits, Table table) throws IOException {
        Workbook book = Workbook.open(file, limits, table.sheet());
        try {
            // Earlier versions did not know of them.
            Optional<MergedCells> merged =
                    table.blankRows() ? Optional.empty() : Optional.of(merged(book, file, limits, table));
            return new SheetCsv(book, book.sheet(), merged, limits, table);
        } catch (IOException | RuntimeException e) {
            book.close();
            throw e;
        }
    }

    private static MergedCells merged(Workbook book, Path file, ReadLimits limits, Table table) throws IOException {
        try (Zip zip = Zip.open(file, Code.BAD_WORKBOOK, limits.unpackedBytes())) {
            return MergedCells.read(zip.read(book.sheetEntry(zip)), table);
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        while (position == text.size()) {
            if (ended) {
                return -1;
            }
            text.reset();
            position = 0;
            ended = !nextRow();
        }
        int n = Math.min(length, text.size() - position);
        System.arraycopy(text.octets(), position, buffer, offset, n);
        position += n;
        return n;
    }

    private boolean nextRow() throws IOException {
        if (!rows.next()) {
            return false;
        }
        while (rows.number() <= table.linesAbove()) {
            merged.ifPresent(areas -> areas.apply(rows.number(), rows.cells(), 0));
            if (!rows.next()) {
                return false;
            }
        }
        // A row has at most the number 1 048 576, so this ends.
        for (record++; record < rows.number(); record++) {
            text.write('\n');
        }
        List<String> cells = rows.cells();
        boolean named = table.header() > 0 && width == 0;
        if (named) {
            merged.ifPresent(areas -> areas.apply(rows.number(), cells, 0));
        }
        // Earlier versions took cells beside the table for a part of the row.
        boolean whole = width == 0 || table.blankRows() || table.header() == Table.SEARCHED;
        int most = whole ? cells.size() : width;
        if (cells.stream().limit(most).allMatch(String::isBlank)) {
            // A row with merged values only is no row.
            text.write('\n');
            return true;
        }
        int headed = width;
        if (!named) {
            merged.ifPresent(areas -> areas.apply(rows.number(), cells, headed));
        }
        width = width == 0 ? cells.size() : width;
        most = whole ? cells.size() : width;
        for (int i = 0; i < Math.max(width, most); i++) {
            if (i > 0) {
                text.write(',');
            }
            if (i < cells.size()) {
                cell(cells.get(i));
            }
        }
        text.write('\n');
        return true;
    }

    private void cell(String cell) {
        boolean quoted = needsQuotes(cell);
        if (quoted) {
            text.write('"');
        }
        int start = 0;
        if (!cell.isEmpty() && (BadCell.isMark(cell.charAt(0)) || CellType.isMark(cell.charAt(0)))) {
            text.write(BadCell.octet(cell.charAt(0)));
            start = 1;
        }
        String plain = cell.substring(start);
        text.writeBytes((quoted ? plain.replace("\"", "\"\"") : plain).getBytes(StandardCharsets.UTF_8));
        if (quoted) {
            text.write('"');
        }
    }

    private static boolean needsQuotes(String cell) {
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if (c == ',' || c == '"' || c == '\n' || c == '\r') {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        try {
            xml.close();
        } finally {
            book.close();
        }
    }

    /** A byte buffer that returns its bytes without a copy. */
    private static final class Octets extends ByteArrayOutputStream {
        byte[] octets() {
            return buf;
        }
    }
}
