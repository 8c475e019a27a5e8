package org.catalogdrop.mapping;

import java.util.List;
import org.catalogdrop.model.Row;

/** The words by which a mapping file may name what stands in a cell: true of a workbook is sent as 1, and shown as TRUE. */
final class CellWords {

    private CellWords() {}

    /** @param text the cell's text, the first of the words */
    static List<String> of(Object cell, String text) {
        boolean bool = cell instanceof Row.Typed typed && typed.type() == Row.Type.BOOLEAN
                || cell instanceof Row.Literal && !TypedValue.bool(cell).isEmpty();
        if (!bool) {
            return List.of(text);
        }
        return TypedValue.bool(cell).orElseThrow().equals("1")
                ? List.of(text, "true", "1")
                : List.of(text, "false", "0");
    }
}
