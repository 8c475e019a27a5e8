package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.mapping.value.MultiValueCell;
import org.catalogdrop.mapping.value.SpreadsheetText;
import org.catalogdrop.model.Row;

/**
 * The column {@code _verbatim} of files that this program writes. For each row it lists the columns whose texts look like those of a
 * spreadsheet but are exactly what the account has: {@code ="7"} there is not {@code 7}. Files have it only if a row needs it. All other
 * cells are read by the usual rules, because a spreadsheet may have saved the file in between. Stateless.
 */
public final class VerbatimCells {

    public static final String COLUMN = "_verbatim";

    private VerbatimCells() {}

    /** Returns the cell of this column for a row that is written; empty if no cell of the row must be listed. */
    static String named(List<String> columns, List<String> texts) {
        List<String> named = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            if (!columns.get(i).startsWith("_") && SpreadsheetText.isDoubtful(texts.get(i))) {
                named.add(columns.get(i));
            }
        }
        return String.join("|", named);
    }

    /** Returns whether this column lists a column for a row that is read. */
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
