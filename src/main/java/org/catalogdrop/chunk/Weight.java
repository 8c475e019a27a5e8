package org.catalogdrop.chunk;

import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Row;

/** Estimates the memory of a row, in characters of its cells. Stateless. */
public final class Weight {

    /** The weight of a cell besides its characters: its object, or its place. */
    private static final int CELL = 16;

    private Weight() {}

    public static long of(Row row) {
        return of(row.cells());
    }

    private static long of(List<?> cells) {
        long weight = (long) CELL * cells.size();
        // By index: this runs for every row, and an iterator for each costs noticeable time.
        for (int i = 0; i < cells.size(); i++) {
            weight += ofCell(cells.get(i));
        }
        return weight;
    }

    private static long ofCell(Object cell) {
        if (cell instanceof String text) {
            return text.length();
        }
        if (cell instanceof Row.Literal literal) {
            return literal.text().length();
        }
        if (cell instanceof Row.Typed typed) {
            return typed.text().length();
        }
        if (cell instanceof Row.Damaged damaged) {
            return ofCell(damaged.cell());
        }
        if (cell instanceof List<?> list) {
            return of(list);
        }
        long weight = 0;
        if (cell instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                weight += ofCell(entry.getKey()) + ofCell(entry.getValue());
            }
        }
        return weight;
    }
}
