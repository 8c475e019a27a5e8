package org.catalogdrop.input.xlsx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.input.stream.ReadFaults;
import org.catalogdrop.input.stream.Utf8;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Row;

/** The rows of a sheet that are in the file; empty ones may be missing there. Used by one thread. */
final class SheetRows {

    private static final int MOST_ROWS = 1 << 20;
    private static final int MOST_COLUMNS = 1 << 14;

    private final Workbook book;
    private final XmlPart xml;
    private final int rowBytes;
    private final List<String> cells = new ArrayList<>();
    private int number;
    private int size;

    SheetRows(Workbook book, XmlPart xml, int rowBytes) {
        this.book = book;
        this.xml = xml;
        this.rowBytes = rowBytes;
    }

    /** Goes to the next row; returns false at the end. */
    boolean next() throws IOException {
        while (xml.next()) {
            if (xml.isStart("row")) {
                int before = number;
                number = xml.attribute("r").isEmpty() ? before + 1 : number(xml.attribute("r"));
                if (number <= before || number > MOST_ROWS) {
                    throw ReadFaults.badWorkbook("its row " + number + " follows row " + before);
                }
                readCells();
                return true;
            }
            if (xml.isEnd("sheetData")) {
                toEnd();
                return false;
            }
        }
        return false;
    }

    /** Reads the rest too, so that damage there is noticed. */
    private void toEnd() throws IOException {
        while (xml.next()) {
            // Reading notices it.
        }
    }

    /** Returns the number of the row in the sheet, from 1. */
    int number() {
        return number;
    }

    /** Returns its texts, up to the last that is not empty. */
    List<String> cells() {
        return cells;
    }

    private void readCells() throws IOException {
        cells.clear();
        size = 0;
        int last = 0;
        while (xml.next() && !xml.isEnd("row")) {
            if (xml.isStart("c")) {
                int column = xml.attribute("r").isEmpty() ? last + 1 : column(xml.attribute("r"));
                if (column <= last || column > MOST_COLUMNS) {
                    throw ReadFaults.badWorkbook(
                            "in its row " + number + ", column " + column + " follows column " + last);
                }
                last = column;
                String text = cell();
                size += text.length();
                if (size > rowBytes) {
                    throw new DropRefused(
                            Code.ENDLESS_LINE,
                            "Row " + number + " of the sheet is longer than " + rowBytes
                                    + " characters. Shorten it, or raise drop.row-limit, and drop the workbook again.");
                }
                if (!text.isEmpty()) {
                    while (cells.size() < column - 1) {
                        cells.add("");
                    }
                    cells.add(text);
                }
            }
        }
    }

    /**
     * Returns the text of a cell. An empty value of a formula counts as one only if it is a text: programs that do not compute write an
     * empty {@code <v/>}.
     */
    private String cell() throws IOException {
        String type = xml.attribute("t");
        String style = xml.attribute("s");
        StringBuilder value = new StringBuilder();
        String inline = "";
        boolean formula = false;
        boolean valued = false;
        boolean inValue = false;
        while (xml.next() && !xml.isEnd("c")) {
            if (xml.isStart("v") || xml.isEnd("v")) {
                inValue = xml.isStart();
                valued = true;
            } else if (xml.isStart("f")) {
                formula = true;
            } else if (xml.isStart("is")) {
                inline = RichText.read(xml, "is", rowBytes);
            } else if (inValue && xml.isText()) {
                xml.appendTo(value);
            }
        }
        boolean isEmptyText = type.equals("str") && valued;
        if (formula && value.toString().isBlank() && inline.isEmpty() && !isEmptyText) {
            return BadCell.NO_VALUE.with("");
        }
        if (formula && !book.isComputed()) {
            return BadCell.NOT_COMPUTED.with("");
        }
        return text(type, value.toString(), inline, style);
    }

    private String text(String type, String value, String inline, String style) throws IOException {
        return switch (type) {
            case "s" -> value.isEmpty() ? "" : BadCell.ofText(book.shared(value));
            case "inlineStr" -> BadCell.ofText(inline);
            case "str" -> BadCell.ofText(RichText.unescaped(value));
            case "e" -> BadCell.ERROR.with(value);
            case "b" -> value.isEmpty() ? "" : CellType.mark(Row.Type.BOOLEAN, bool(value.strip()));
            case "d" -> CellNumber.iso(value.strip());
            case "n", "" -> value.isBlank() ? "" : book.number(value, style.isEmpty() ? 0 : number(style));
            default -> throw ReadFaults.badWorkbook("a cell has the unknown type '" + Utf8.excerpt(type, 20) + "'");
        };
    }

    private static String bool(String written) {
        return switch (written) {
            case "1", "true" -> "1";
            case "0", "false" -> "0";
            default ->
                throw ReadFaults.badWorkbook(
                        "'" + Utf8.excerpt(written, 20) + "' was found where true or false was expected");
        };
    }

    private static int number(String written) {
        if (!written.matches("\\d{1,9}")) {
            throw ReadFaults.badWorkbook(
                    "'" + Utf8.excerpt(written, 20) + "' was found where a whole number was expected");
        }
        return Integer.parseInt(written);
    }

    /** Returns the column of a reference like AB12, from 1. */
    static int column(String reference) {
        int column = 0;
        for (int i = 0; i < reference.length() && column <= MOST_COLUMNS; i++) {
            char c = reference.charAt(i);
            if (c < 'A' || c > 'Z') {
                break;
            }
            column = column * 26 + c - 'A' + 1;
        }
        return column;
    }
}
