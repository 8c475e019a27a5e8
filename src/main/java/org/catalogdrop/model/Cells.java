package org.catalogdrop.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A row of a file that the loader writes, filled cell by cell. Rows of the same kind have the same columns in the same order. Mutable; used
 * by one thread.
 *
 * @param columns the names of the columns; if a name is repeated, the later cell counts
 * @param texts the texts of the cells, one for each column
 */
public record Cells(List<String> columns, List<String> texts) {

    /**
     * Returns a row without cells, to which {@link #put} adds.
     *
     * @return a new row
     */
    public static Cells empty() {
        return new Cells(new ArrayList<>(), new ArrayList<>());
    }

    /**
     * Adds a cell.
     *
     * @param column the name of its column
     * @param text its text
     * @return this row
     */
    public Cells put(String column, String text) {
        columns.add(column);
        texts.add(text);
        return this;
    }
}
