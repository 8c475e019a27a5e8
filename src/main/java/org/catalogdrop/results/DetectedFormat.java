package org.catalogdrop.results;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.catalogdrop.model.PhysicalFormat;
import org.catalogdrop.model.Table;
import org.catalogdrop.results.file.SafeCell;

/** Writes the detected format of a drop, and how it was detected, as JSON. Stateless. */
final class DetectedFormat {

    private DetectedFormat() {}

    /** @param format the word of the drop's format; only CSV has a delimiter and a quote */
    static Map<String, Object> json(String format, PhysicalFormat shape) {
        boolean csv = format.startsWith("csv");
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("packing", shape.packing().word());
        found.put("charset", shape.charset().name());
        found.put("charset_by", shape.charsetBy().word());
        found.put("delimiter", csv ? String.valueOf(shape.delimiter()) : "");
        found.put("delimiter_by", csv ? shape.delimiterBy().word() : "");
        found.put("quote", csv ? shape.quote().map(String::valueOf).orElse("") : "");
        found.put("sep_line", shape.sepLine());
        addPlace(shape.table(), found);
        return found;
    }

    /** Adds where the table is, if that is not the usual place. */
    private static void addPlace(Table table, Map<String, Object> found) {
        if (table.header() > 0) {
            found.put("header_row", table.header());
        }
        if (!table.sheet().isEmpty()) {
            found.put("sheet", SafeCell.clean(table.sheet()));
        }
        if (!table.rows().isEmpty()) {
            found.put("rows", SafeCell.clean(table.rows()));
        }
        table.escape().ifPresent(sign -> found.put("escape", sign.toString()));
        if (table.missingCells()) {
            found.put("missing_cells", "empty");
        }
        if (table.merged() != Table.Merged.REJECT) {
            found.put("merged_cells", table.merged().name().toLowerCase(Locale.ROOT));
        }
    }
}
