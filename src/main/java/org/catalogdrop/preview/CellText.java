package org.catalogdrop.preview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.mapping.Nested;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;

/** The text of a cell as a person sees it. Stateless. */
final class CellText {

    private CellText() {}

    /** Returns the text of the cell in a column, whose name may be spelt a little differently; empty if there is none. */
    static String of(Row row, String column) {
        String folded = NormalizedName.folded(column);
        for (int i = 0; i < Math.min(row.columns().size(), row.cells().size()); i++) {
            if (NormalizedName.folded(row.columns().get(i)).equals(folded)) {
                return of(row.cells().get(i));
            }
        }
        Optional<Object> nested = Nested.isPath(column) ? Nested.cell(row, column) : Optional.empty();
        return nested.map(CellText::of).orElse("");
    }

    static String of(Object cell) {
        return Row.isNull(cell) ? "" : cell.toString();
    }

    /** Returns a cell with no text longer than that. */
    static Object cut(Object cell, int longest) {
        if (cell instanceof String text) {
            return cut(text, longest);
        }
        if (cell instanceof Row.Literal literal) {
            return new Row.Literal(cut(literal.text(), longest));
        }
        if (cell instanceof Row.Damaged damaged) {
            return new Row.Damaged(cut(damaged.cell(), longest), damaged.problem());
        }
        if (cell instanceof List<?> list) {
            List<Object> shorter = new ArrayList<>(list.size());
            list.forEach(one -> shorter.add(cut(one, longest)));
            return shorter;
        }
        if (cell instanceof Map<?, ?> map) {
            Map<Object, Object> shorter = new LinkedHashMap<>();
            map.forEach((key, value) -> shorter.put(key, cut(value, longest)));
            return shorter;
        }
        return cell;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    /** Returns about how many characters a cell has. */
    static long size(Object cell) {
        if (cell instanceof List<?> list) {
            return list.stream().mapToLong(CellText::size).sum();
        }
        if (cell instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .mapToLong(one -> one.getKey().toString().length() + size(one.getValue()))
                    .sum();
        }
        return cell == null ? 0 : cell.toString().length();
    }

    /** Returns the texts of a row, one for each of these columns. */
    static List<String> of(Row row, List<String> columns) {
        List<String> texts = new ArrayList<>(columns.size());
        columns.forEach(column -> texts.add(of(row, column)));
        return texts;
    }
}
