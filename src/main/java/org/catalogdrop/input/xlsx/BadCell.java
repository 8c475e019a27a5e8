package org.catalogdrop.input.xlsx;

import org.catalogdrop.model.Code;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Problem;

/** Why a cell of a workbook has no usable text. Such a cell starts with a byte that is invalid in UTF-8 and names the reason. */
public enum BadCell {
    ERROR(0xFF, "has the error %s", "fix its formula"),
    TOO_LONG(
            0xFE,
            "is the number %s; a workbook keeps only 15 digits of a number, so the last ones may be lost",
            "format the column as text and enter it again"),
    NO_VALUE(
            0xFD,
            "has a formula whose value is not in the file%s",
            "open it in a spreadsheet program, recalculate and save it"),
    NOT_COMPUTED(
            0xF6,
            "has a formula that has not been computed: the workbook says so (fullCalcOnLoad), so the value in the file may be wrong%s",
            "open it in a spreadsheet program, recalculate and save it"),
    NO_DATE(0xFC, "is formatted as a date or time, but %s is not one", "enter a date, or change the cell's format"),
    MERGED(
            0xFB,
            "is empty in this row, because only the first cell of the merged cells %s has a value",
            "split the merged cells and fill each of them"),
    ZERO(0xF7, "has a NUL in its text, written _x0000_ in the file, which no text can have", "remove it");

    private static final String IN_HEADER = ", and the header goes down to row ";
    private static final String BESIDE = ", whose value is in another column";

    private final char mark;
    private final String said;
    private final String cure;

    /** @param cure what helps in the workbook */
    BadCell(int octet, String said, String cure) {
        this.mark = (char) (0xDC00 + octet);
        this.said = said;
        this.cure = cure;
    }

    /** Returns the text of a cell with this fault. */
    String with(String found) {
        return mark + found;
    }

    /** Returns the text of a text cell of the file; one with a NUL cannot be read. */
    static String ofText(String text) {
        return text.indexOf('\0') < 0 ? text : ZERO.with(text.replace("\0", "_x0000_"));
    }

    /**
     * Returns the text of a cell below a name of the header that is merged with it.
     *
     * @param last the last row of the merged cells
     */
    static String ofHeader(String place, int last) {
        return MERGED.with(place + IN_HEADER + last);
    }

    /**
     * Returns the text of a cell that is merged with one of another column.
     *
     * @param reference the merged cells
     */
    static String ofColumn(String reference) {
        return MERGED.with(reference + BESIDE);
    }

    static boolean isMark(char c) {
        return (c >= MERGED.mark && c <= ERROR.mark) || c == ZERO.mark || c == NOT_COMPUTED.mark;
    }

    /** Returns the byte of a mark. */
    static int octet(char mark) {
        return mark - 0xDC00;
    }

    public static boolean isMarked(String cell) {
        return !cell.isEmpty() && isMark(cell.charAt(0));
    }

    /** Returns a cell without its mark. */
    public static String unmarked(String cell) {
        if (isMarked(cell) && of(cell) == MERGED) {
            return "";
        }
        return isMarked(cell) ? cell.substring(1) : cell;
    }

    /** Returns the problem of a marked cell. The other rows of the workbook are loaded, so it must not be dropped again. */
    public static Problem problem(String column, String cell) {
        BadCell bad = of(cell);
        int header = bad == MERGED ? cell.lastIndexOf(IN_HEADER) : -1;
        if (header > 0) {
            String last = cell.substring(header + IN_HEADER.length());
            return new Problem(
                    Code.MERGED_CELL,
                    column,
                    "column '" + NormalizedName.show(column)
                            + "' has no value in this row, because the row is part of the header: its name is merged over the cells "
                            + cell.substring(1, cell.indexOf(',')) + ". Write header: " + last
                            + " into a mapping file, or header: auto with the columns of that row (merged names count there too). Or put the"
                            + " header into one row.");
        }
        if (bad == MERGED) {
            return new Problem(
                    Code.MERGED_CELL,
                    column,
                    bad.found(column, cell)
                            + (cell.endsWith(BESIDE)
                                    ? ". Fill in the cell. For later workbooks, split such cells; or if these columns are empty there, write"
                                            + " merged_cells: empty into a mapping file."
                                    : ". Fill in the cell. For later workbooks, in a mapping file: if the value applies to all of these rows,"
                                            + " write merged_cells: fill; if the other rows are empty, write merged_cells: empty."));
        }
        return new Problem(
                Code.BAD_CELL,
                column,
                bad.found(column, cell) + ". Correct it; for later workbooks, " + bad.cure + ".");
    }

    /** Returns the message if the whole workbook is refused for the cell. */
    public static String refusal(String column, String cell) {
        BadCell bad = of(cell);
        return bad.found(column, cell) + ". In the workbook, " + bad.cure + "; then drop it again.";
    }

    private String found(String column, String cell) {
        return "column '" + NormalizedName.show(column) + "' " + String.format(said, cell.substring(1));
    }

    private static BadCell of(String cell) {
        for (BadCell bad : values()) {
            if (cell.charAt(0) == bad.mark) {
                return bad;
            }
        }
        throw new IllegalArgumentException("no cell of a workbook starts so");
    }
}
