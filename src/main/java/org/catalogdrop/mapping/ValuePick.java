package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catalogdrop.mapping.value.SpreadsheetText;
import org.catalogdrop.mapping.value.TypedValue;
import org.catalogdrop.model.Row;

/**
 * Takes a value out of a row. Columns are numbered by the mapping file; {@code at} says where in the row each of them stands, -1 for
 * one it does not have.
 */
sealed interface ValuePick {

    /** Returns the cell, or what stands in for it; empty text if there is none. */
    Object cell(Row row, int[] at);

    /** Returns the last index in the row that it needs. */
    int reach(int[] at);

    /** Returns the column a message names. */
    String column();

    /** One cell as it is. */
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

    /** The cell of a key: a JSON number is written in one way, so that it is the key that CSV and workbooks have. */
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

    /** Texts and cells in turn; empty if all its cells are, and a cell that is no text as it is, which no one takes. */
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

        /** Its cells one by one, before they are put together. */
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
