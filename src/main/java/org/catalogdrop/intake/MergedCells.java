package org.catalogdrop.intake;

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
import org.catalogdrop.model.Table;

/**
 * The cells of a sheet that are merged with those below them: the file has their value in the first row alone. They stand behind the rows in
 * the file, so they are looked for before the rows are read. For one pass, row by row.
 */
final class MergedCells {

    private static final Pattern MERGED = Pattern.compile(
            "<(?:\\w+:)?mergeCell\\s[^>]*?ref\\s*=\\s*[\"']([A-Z]{1,3})(\\d{1,7}):([A-Z]{1,3})(\\d{1,7})[\"']");

    /** Longer than one element. */
    private static final int OVERLAP = 512;

    private static final int MOST = 1 << 20;

    /** One area of more than one row; its value stands in its first column. */
    private record Area(String reference, int column, int top, int bottom) {}

    private record Open(Area area, String value) {}

    private final List<Area> areas;
    private final Table.Merged choice;
    private final List<Open> open = new ArrayList<>();
    private int next;

    private MergedCells(List<Area> areas, Table.Merged choice) {
        this.areas = areas;
        this.choice = choice;
    }

    /**
     * Looks for them in the XML of a sheet.
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
        return new MergedCells(sorted, table.merged());
    }

    private static void add(Map<String, Area> areas, String text) {
        Matcher merged = MERGED.matcher(text);
        while (merged.find()) {
            int top = Integer.parseInt(merged.group(2));
            int bottom = Integer.parseInt(merged.group(4));
            String reference = merged.group(1) + top + ":" + merged.group(3) + bottom;
            if (bottom > top) {
                areas.put(reference, new Area(reference, SheetRows.column(merged.group(1)), top, bottom));
            }
            if (areas.size() > MOST) {
                throw ReadFaults.badWorkbook("it has more than " + MOST + " merged cells");
            }
        }
    }

    /**
     * Gives the cells of a row their values, or marks them.
     *
     * @param row its number
     * @param cells its cells, up to the last that is not empty
     * @param heads whether the header is not above the row
     */
    void apply(int row, List<String> cells, boolean heads) {
        open.removeIf(one -> one.area().bottom() < row);
        for (Open one : open) {
            int at = one.area().column() - 1;
            while (cells.size() <= at) {
                cells.add("");
            }
            if (cells.get(at).isBlank()) {
                cells.set(at, one.value());
            }
        }
        for (; next < areas.size() && areas.get(next).top() <= row; next++) {
            Area area = areas.get(next);
            int at = area.column() - 1;
            String value = area.top() == row && at < cells.size() ? cells.get(at) : "";
            if (!value.isBlank()) {
                String mark = BadCell.MERGED.with(area.reference() + ", whose value is in row " + area.top());
                open.add(new Open(area, choice == Table.Merged.FILL && !heads ? value : mark));
            }
        }
    }
}
