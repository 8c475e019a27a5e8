package org.catalogdrop.input.row;

import java.util.List;
import org.catalogdrop.model.Row;

/** Says which rows nobody needs to be made. */
public interface RowFilter {

    /** Returns whether rows of these columns may be skipped at all. */
    boolean mayBegin(List<String> columns);

    /** Returns whether a row may be skipped by its number alone; asked in ascending order. */
    boolean passes(long number);

    /** Returns whether one that may not can be skipped for what it says. */
    boolean passes(Row row);
}
