package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.mapping.value.MultiValueCell;
import org.catalogdrop.mapping.value.SpreadsheetText;
import org.catalogdrop.model.Row;

/**
 * The column {@code _verbatim} of files that this program writes. It names, for each row, the columns whose texts look like those of a
 * spreadsheet but are what the account has: {@code ="7"} there is not {@code 7}. Files have it only if a row needs it. All other cells
 * are read by the usual rules, since a spreadsheet may have saved the file in between.
 */
public final class VerbatimCells {

    public static final String COLUMN = "_verbatim";

    private VerbatimCells() {}

    /** Returns what the cell in the column says of a row that is written; empty if no cell of it needs to be named. */
    static String named(List<String> columns, List<String> texts) {
        List<String> named = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!columns.get(i).startsWith("_") && SpreadsheetText.isDoubtful(texts.get(i))) {
                named.add(columns.get(i));
            }
        }
        return String.join("|", named);
    }

    /** Returns whether a cell of a row that is read names this column. */
    static boolean isNamed(Row row, Layout layout, String column) {
        int index = layout.index(Column.Kind.VERBATIM);
        if (index < 0 || index >= row.cells().size()) {
            return false;
        }
        String cell = row.cells().get(index).toString();
        if (cell.isBlank()) {
            return false;
        }
        Column meaning = Column.of(column);
        return MultiValueCell.split(cell).stream()
                .anyMatch(named -> named.strip().equals(column) || isSame(Column.of(named), meaning));
    }

    private static boolean isSame(Column named, Column column) {
        return named.kind() != Column.Kind.UNKNOWN && named.kind() != Column.Kind.MALFORMED && named.equals(column);
    }
}
