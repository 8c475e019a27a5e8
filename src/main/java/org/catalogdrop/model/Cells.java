package org.catalogdrop.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A row that we write, cell by cell; rows of the same kind have the same columns in the same order.
 *
 * @param columns the names of its columns; if one comes again, the later cell counts
 * @param texts as many cells
 */
public record Cells(List<String> columns, List<String> texts) {

    /** One without cells, to which {@link #put} adds. */
    public static Cells empty() {
        return new Cells(new ArrayList<>(), new ArrayList<>());
    }

    /** Adds a cell. */
    public Cells put(String column, String text) {
        columns.add(column);
        texts.add(text);
        return this;
    }
}
