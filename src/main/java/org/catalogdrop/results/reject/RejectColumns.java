package org.catalogdrop.results.reject;

import java.util.List;
import java.util.Locale;

/** The columns that a rejects file has after those of the drop. */
final class RejectColumns {

    private static final List<String> OURS = List.of("_code", "_column", "_message");
    /** The mapping file by which the rows were read, because the name of the rejects file does not identify it. */
    static final String MAPPING = "_mapping";

    /** The types of a workbook's cells, because the CSV of its rejects cannot distinguish a number from a text. */
    static final String TYPES = "_types";

    private RejectColumns() {}

    /** Returns whether we add the column; such columns of a rejects file that is dropped again are replaced. */
    static boolean isOurs(String column) {
        String name = column.strip().toLowerCase(Locale.ROOT);
        return OURS.contains(name) || name.equals(MAPPING) || name.equals(TYPES);
    }

    static List<String> ours() {
        return OURS;
    }

    /** Returns which columns of a drop its rejects keep. */
    static boolean[] kept(List<String> columns) {
        boolean[] kept = new boolean[columns.size()];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = !isOurs(columns.get(i));
        }
        return kept;
    }
}
