package org.catalogdrop.input.xlsx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.model.Table;

/**
 * The cells of a sheet that are merged with those below or beside them: the file has their value only in the first cell. The file lists them
 * after the rows, so they are read before the rows. Used for one pass, row by row.
 */
final class MergedCells {

    private static final Pattern MERGED = Pattern.compile(
            "<(?:\\w+:)?mergeCell\\s[^>]*?ref\\s*=\\s*[\"']([A-Z]{1,3})(\\d{1,7}):([A-Z]{1,3})(\\d{1,7})[\"']");

    /** Longer than one element. */
    private static final int OVERLAP = 512;

    private static final int MOST = 1 << 20;

    /** A merged area of several cells. Its value is in the first of them. */
    private record Area(String reference, int column, int last, int top, int bottom) {}

    /**
     * An area to which the current row may belong.
     *
     * @param value its value
     * @param below what a row of the table has in its first column that is below the first row
     * @param beside what a row of the table has in its other columns
     */
    private record Open(Area area, String value, String below, String beside) {}

    private final List<Area> areas;
    private final Table table;
    private final List<Open> open = new ArrayList<>();
    private int next;

    private MergedCells(List<Area> areas, Table table) {
        this.areas = areas;
        this.table = table;
    }

    /**
     * Reads them from the XML of a sheet.
     *
     * @param xml the whole part; it is closed
     */
    static MergedCells read(InputStream xml, Table table) throws IOException {
        Map<String, Area> areas = new LinkedHashMap<>();
        try (xml) {
            byte[] block = new byte[1 << 16];
            String before = "";
            for (int n = xml.read(block, 0, block.length); n >= 0; n = xml.read(block, 0, block.length)) {
                String text = before + new String(block, 0, n, StandardCharsets.ISO_8859_1);
                if (text.contains("mergeCell")) {
                    add(areas, text);
                }
                before = text.substring(Math.max(0, text.length() - OVERLAP));
            }
        }
        List<Area> sorted = new ArrayList<>(areas.values());
        sorted.sort(Comparator.comparingInt(Area::top));
        return new MergedCells(sorted, table);
    }

    private static void add(Map<String, Area> areas, String text) {
        Matcher merged = MERGED.matcher(text);
        while (merged.find()) {
            int top = Integer.parseInt(merged.group(2));
            int bottom = Integer.parseInt(merged.group(4));
            String reference = merged.group(1) + top + ":" + merged.group(3) + bottom;
            int column = SheetRows.column(merged.group(1));
            int last = SheetRows.column(merged.group(3));
            if (bottom > top || last > column) {
                areas.put(reference, new Area(reference, column, last, top, bottom));
            }
            if (areas.size() > MOST) {
                throw ReadFaults.badWorkbook("it has more than " + MOST + " merged cells");
            }
        }
    }

    /**
     * Fills or marks the merged cells of a row.
     *
     * @param row its number
     * @param cells its cells, up to the last that is not empty
     * @param width how many columns the header has; 0 while the row is the header or above it: a name that is merged with cells below it is
     *     a name there too
     */
    void apply(int row, List<String> cells, int width) {
        boolean filled = width == 0 || table.header() == Table.SEARCHED;
        open.removeIf(one -> one.area().bottom() < row);
        for (Open one : open) {
            fill(cells, one.area().column(), filled ? one.value() : one.below());
        }
        for (; next < areas.size() && areas.get(next).top() <= row; next++) {
            Area area = areas.get(next);
            int at = area.column() - 1;
            String value = area.top() == row && at < cells.size() ? cells.get(at) : "";
            if (!value.isBlank()) {
                open.add(new Open(area, value, below(area, value, width == 0), beside(area, width == 0)));
            }
        }
        if (!filled) {
            for (Open one : open) {
                for (int column = one.area().column() + 1;
                        column <= Math.min(one.area().last(), width);
                        column++) {
                    fill(cells, column, one.beside());
                }
            }
        }
    }

    private static void fill(List<String> cells, int column, String value) {
        while (cells.size() < column) {
            cells.add("");
        }
        if (cells.get(column - 1).isBlank()) {
            cells.set(column - 1, value);
        }
    }

    private String below(Area area, String value, boolean heads) {
        String place = area.reference() + ", whose value is in row " + area.top();
        return switch (table.merged()) {
            case EMPTY -> "";
            case FILL -> heads ? BadCell.ofHeader(place, area.bottom()) : value;
            case REJECT -> heads ? BadCell.ofHeader(place, area.bottom()) : BadCell.MERGED.with(place);
        };
    }

    /** Another column means something else, so it never gets the value. Beside a name of the header nothing is lost. */
    private String beside(Area area, boolean heads) {
        boolean empty = heads || table.merged() == Table.Merged.EMPTY;
        return empty ? "" : BadCell.ofColumn(area.reference());
    }
}
