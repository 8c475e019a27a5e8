package org.catalogdrop.mapping.value;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;

/**
 * Collects the columns with texts that have an apostrophe before digits or a formula. They are sent unchanged, and this is reported once.
 * Used by one thread.
 */
public final class Apostrophes {

    private static final int MOST = 50;

    private final Map<String, String> columns = new LinkedHashMap<>();

    /** @param read returns whether a column counts */
    public void note(Row row, Predicate<String> read) {
        for (int i = 0; i < row.cells().size() && i < row.columns().size(); i++) {
            if (SpreadsheetText.isMarked(row.cells().get(i)) && columns.size() < MOST) {
                String column = row.columns().get(i);
                if (!columns.containsKey(column) && read.test(column)) {
                    columns.put(column, Quoted.cell(row.cells().get(i)) + " in row " + row.number());
                }
            }
        }
    }

    /** Returns a sentence for the operator; none if there is nothing to report. */
    public List<String> remarks() {
        if (columns.isEmpty()) {
            return List.of();
        }
        StringBuilder found = new StringBuilder();
        columns.forEach((column, first) -> found.append(found.isEmpty() ? "" : ", ")
                .append(NormalizedName.show(column))
                .append(" (")
                .append(first)
                .append(")"));
        return List.of("values begin with an apostrophe, which is sent as part of them: " + found
                + ". If a spreadsheet added it to mark text, export the file without it");
    }
}
