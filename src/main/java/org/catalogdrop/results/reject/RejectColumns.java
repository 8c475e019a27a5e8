package org.catalogdrop.results.reject;

import java.util.List;
import java.util.Locale;

/** The columns that a file of rejected rows has behind those of the drop. */
final class RejectColumns {

    private static final List<String> OURS = List.of("_code", "_column", "_message");
    /** The mapping file by which the rows were read, since the file they are in now has lost the name that told it. */
    static final String MAPPING = "_mapping";

    /** What the cells of a workbook were, since the CSV of its rejects cannot tell a number from a text. */
    static final String TYPES = "_types";

    private RejectColumns() {}

    /** Returns whether the column is one we add; those of a rejects file dropped again make way for the new ones. */
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
