package org.catalogdrop.input.xlsx;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.catalogdrop.model.Row;

/**
 * The type of a workbook's cell on its way through the CSV parser: a first byte that UTF-8 does not have. Only {@link SheetCsv} writes it
 * and only {@link org.catalogdrop.input.csv.CsvRows} removes it. A column {@code _types} in CSV rejects has the types too. Stateless.
 */
public final class CellType {

    private static final char FIRST = 0xDC00 + 0xF8;
    private static final Row.Type[] TYPES = Row.Type.values();

    private CellType() {}

    /** Returns the text of a cell with its type before it. */
    static String mark(Row.Type type, String text) {
        return (char) (FIRST + type.ordinal()) + text;
    }

    static boolean isMark(char c) {
        return c >= FIRST && c < FIRST + TYPES.length;
    }

    public static boolean isMarked(String cell) {
        return !cell.isEmpty() && isMark(cell.charAt(0));
    }

    public static String unmarked(String cell) {
        return isMarked(cell) ? cell.substring(1) : cell;
    }

    /** Returns a marked cell with its type. */
    public static Row.Typed typed(String cell) {
        return new Row.Typed(TYPES[cell.charAt(0) - FIRST], cell.substring(1));
    }

    /** Parses a cell {@code _types} of rejects, {@code Price=number|Since=date}, by column; empty for columns that it does not name. */
    public static List<Optional<Row.Type>> parseTypes(String written, List<String> columns) {
        List<Optional<Row.Type>> parsed = new ArrayList<>();
        columns.forEach(column -> parsed.add(Optional.empty()));
        for (String entry : written.split("(?<!\\\\)\\|", -1)) {
            int at = entry.lastIndexOf('=');
            int column = at < 0 ? -1 : columns.indexOf(entry.substring(0, at).replace("\\|", "|"));
            if (column >= 0) {
                parsed.set(column, type(entry.substring(at + 1).strip()));
            }
        }
        return parsed;
    }

    private static Optional<Row.Type> type(String word) {
        for (Row.Type type : TYPES) {
            if (type.word().equals(word.toLowerCase(Locale.ROOT))) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** Returns a cell of rejects with the type it had, unless someone has changed its text. */
    public static Object typed(Row.Type type, String cell) {
        boolean still =
                switch (type) {
                    case NUMBER -> cell.matches("-?\\d{1,400}(\\.\\d{1,400})?");
                    case DATE -> cell.matches("\\d{4}-\\d\\d-\\d\\d( \\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?)?");
                    case BOOLEAN -> cell.matches("[01]");
                };
        return still ? new Row.Typed(type, cell) : cell;
    }
}
