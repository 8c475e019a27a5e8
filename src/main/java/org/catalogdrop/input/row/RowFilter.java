package org.catalogdrop.input.row;

import java.util.List;
import org.catalogdrop.model.Row;

/** Decides which rows need not be parsed. */
public interface RowFilter {

    /** Returns whether rows with these columns may be skipped at all. */
    boolean mayBegin(List<String> columns);

    /** Returns whether a row may be skipped by its number alone; called in ascending order. */
    boolean passes(long number);

    /** Returns whether a row that may not be skipped by its number can be skipped for its content. */
    boolean passes(Row row);
}
