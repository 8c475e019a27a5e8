package org.catalogdrop.preview;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.mapping.Nested;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;

/** The text of a cell as a person sees it. Stateless. */
final class CellText {

    private CellText() {}

    /** Returns the text of the cell in a column, whose name may be spelt a little differently; empty if there is none. */
    static String of(Row row, String column) {
        String folded = NormalizedName.folded(column);
        for (int i = 0; i < Math.min(row.columns().size(), row.cells().size()); i++) {
            if (NormalizedName.folded(row.columns().get(i)).equals(folded)) {
                return of(row.cells().get(i));
            }
        }
        Optional<Object> nested = Nested.isPath(column) ? Nested.cell(row, column) : Optional.empty();
        return nested.map(CellText::of).orElse("");
    }

    static String of(Object cell) {
        return Row.isNull(cell) ? "" : cell.toString();
    }

    /** Returns the texts of a row, one for each of these columns. */
    static List<String> of(Row row, List<String> columns) {
        List<String> texts = new ArrayList<>(columns.size());
        columns.forEach(column -> texts.add(of(row, column)));
        return texts;
    }
}
