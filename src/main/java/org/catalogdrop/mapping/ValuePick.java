package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catalogdrop.mapping.value.SpreadsheetText;
import org.catalogdrop.mapping.value.TypedValue;
import org.catalogdrop.model.Row;

/**
 * Takes a value from a row. Columns are numbered by the mapping file; {@code at} has the position of each in the row, -1 for one that the
 * row does not have. Immutable.
 */
sealed interface ValuePick {

    /** Returns the cell, or the text that replaces it; empty text if there is none. */
    Object cell(Row row, int[] at);

    /** Returns the last position in the row that it needs. */
    int reach(int[] at);

    /** Returns the column for messages. */
    String column();

    /** A single cell, unchanged. */
    record Cell(int number, String column) implements ValuePick {
        @Override
        public Object cell(Row row, int[] at) {
            return ValuePick.at(row, at[number], column);
        }

        @Override
        public int reach(int[] at) {
            return at[number];
        }
    }

    /** The cell of a key. A JSON number is written in one notation, so that it is the same key as in CSV and workbooks. */
    record KeyCell(Cell cell) implements ValuePick {
        @Override
        public Object cell(Row row, int[] at) {
            return TypedValue.shortest(cell.cell(row, at));
        }

        @Override
        public int reach(int[] at) {
            return cell.reach(at);
        }

        @Override
        public String column() {
            return cell.column();
        }
    }

    /** A text of the mapping file. */
    record Fixed(String text, String column) implements ValuePick {
        @Override
        public Object cell(Row row, int[] at) {
            return text;
        }

        @Override
        public int reach(int[] at) {
            return -1;
        }
    }

    /** Texts and cells in turn; empty if all its cells are. A cell that is no text is returned as it is, which no conversion accepts. */
    record Composed(List<String> texts, int[] numbers, List<String> columns, String column) implements ValuePick {
        @Override
        public Object cell(Row row, int[] at) {
            if (numbers.length == 1 && texts.stream().allMatch(String::isEmpty)) {
                return ValuePick.at(row, at[numbers[0]], columns.get(0));
            }
            StringBuilder text = new StringBuilder(texts.get(0));
            boolean empty = true;
            for (int i = 0; i < numbers.length; i++) {
                Object cell = ValuePick.at(row, at[numbers[i]], columns.get(i));
                if (cell instanceof Map<?, ?> || cell instanceof List<?> || cell instanceof Nested.NoObject) {
                    return cell;
                }
                String part = cell.toString().strip();
                empty &= part.isEmpty();
                text.append(part).append(texts.get(i + 1));
            }
            return empty ? "" : text.toString().strip();
        }

        /** Returns its cells one by one, before they are combined. */
        List<Object> cells(Row row, int[] at) {
            List<Object> cells = new ArrayList<>(numbers.length);
            for (int i = 0; i < numbers.length; i++) {
                cells.add(ValuePick.at(row, at[numbers[i]], columns.get(i)));
            }
            return cells;
        }

        @Override
        public int reach(int[] at) {
            int reach = -1;
            for (int number : numbers) {
                reach = Math.max(reach, at[number]);
            }
            return reach;
        }
    }

    private static Object at(Row row, int index, String column) {
        if (index < 0 && Nested.isPath(column)) {
            return Nested.cell(row, column).filter(cell -> !Row.isNull(cell)).orElse("");
        }
        if (index < 0 || index >= row.cells().size()) {
            return "";
        }
        Object cell = row.cells().get(index);
        return Row.isNull(cell) ? "" : SpreadsheetText.unwrapped(cell);
    }
}
