package org.catalogdrop.intake;

import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/** Why a cell of a workbook has no text that could be meant. Such a cell starts with a byte that is no UTF-8, which names the reason. */
enum BadCell {
    ERROR(0xFF, "has the error %s. Mend its formula in the workbook"),
    TOO_LONG(
            0xFE,
            "is the number %s; of a number, a workbook keeps 15 digits only, so its last ones may be lost. Format the column as"
                    + " text and enter it again"),
    NO_VALUE(
            0xFD,
            "has a formula whose value is not in the file%s. Open the workbook in a spreadsheet, let it compute, and save it"),
    NO_DATE(0xFC, "is shown as a date or time, but %s is none. Enter a date, or change the cell's format");

    private final char mark;
    private final String said;

    BadCell(int octet, String said) {
        this.mark = (char) (0xDC00 + octet);
        this.said = said;
    }

    /** The text of a cell with this fault. */
    String with(String found) {
        return mark + found;
    }

    static boolean isMark(char c) {
        return c >= NO_DATE.mark && c <= ERROR.mark;
    }

    /** The byte that stands for a mark. */
    static int octet(char mark) {
        return mark - 0xDC00;
    }

    /** A cell without its mark. */
    static String unmarked(String cell) {
        return !cell.isEmpty() && isMark(cell.charAt(0)) ? cell.substring(1) : cell;
    }

    /** What is wrong with a cell that has a mark. */
    static Problem problem(String column, String cell) {
        for (BadCell bad : values()) {
            if (cell.charAt(0) == bad.mark) {
                String said = String.format(bad.said, cell.substring(1));
                return new Problem(Code.BAD_CELL, column, "column '" + column + "' " + said + " and drop it again.");
            }
        }
        throw new IllegalArgumentException("no cell of a workbook starts so");
    }
}
