package org.catalogdrop.preview;

import java.util.List;

/**
 * Rejected rows as a table that can be edited. Immutable.
 *
 * @param source SHA-256 of the rejects file
 * @param columns the columns of the drop
 * @param rows the rows
 * @param from the number of rows before them
 * @param more whether there are more behind them
 */
public record RejectTable(String source, List<String> columns, List<RejectRow> rows, int from, boolean more) {

    /**
     * A row.
     *
     * @param row its number in the rejects file
     * @param content a hash of its cells in the file
     * @param code why it was or is rejected; empty if it would be sent now
     * @param column the column at fault; empty if it is none in particular
     * @param message the reason
     * @param cells one for each column
     */
    public record RejectRow(
            long row, String content, String code, String column, String message, List<RejectCell> cells) {

        /** Returns whether the row would be sent now. */
        public boolean isFixed() {
            return code.isEmpty();
        }
    }

    /**
     * A cell.
     *
     * @param text its text
     * @param place its place in the row; -1 if the row does not have it
     * @param editable whether it can be changed here: it is not too long for that, and no object
     * @param atFault whether the row is rejected for it
     */
    public record RejectCell(String text, int place, boolean editable, boolean atFault) {}
}
