package org.catalogdrop.mapping.draft;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.catalogdrop.mapping.Nested;
import org.catalogdrop.mapping.value.SpreadsheetText;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;

/**
 * The rows for which a mapping is drafted.
 *
 * @param columns the columns that can be read, in the order of the drop; values inside JSON objects by their paths
 * @param twice names that appear twice in the header, so that no mapping can read them
 * @param rows the rows
 */
record DraftRows(List<String> columns, List<String> twice, List<Row> rows) {

    private static final int MOST_COLUMNS = 1000;

    /** @param header the columns of a drop that has them in a header, even if it has no rows */
    static DraftRows of(List<String> header, List<Row> rows) {
        List<String> twice = twice(header.isEmpty() ? columnsOfFirst(rows) : header);
        Set<String> names = new LinkedHashSet<>(header);
        for (Row row : rows) {
            for (int i = 0; i < row.columns().size() && names.size() < MOST_COLUMNS; i++) {
                addPaths(
                        row.columns().get(i),
                        i < row.cells().size() ? row.cells().get(i) : "",
                        names);
            }
        }
        // Some rows may lack an object, and its column then means nothing.
        Set<String> objects = names.stream()
                .filter(name -> names.stream().anyMatch(path -> path.startsWith(name + "."))
                        && rows.stream().anyMatch(row -> topCell(row, name) instanceof Map<?, ?>))
                .collect(Collectors.toSet());
        names.removeIf(name -> objects.contains(name) || name.isBlank() || twice.contains(NormalizedName.of(name)));
        return new DraftRows(List.copyOf(names), twice, List.copyOf(rows));
    }

    private static List<String> columnsOfFirst(List<Row> rows) {
        return rows.isEmpty() ? List.of() : rows.get(0).columns();
    }

    private static List<String> twice(List<String> header) {
        return header.stream()
                .filter(one -> !one.isBlank())
                .collect(Collectors.groupingBy(NormalizedName::of, LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(name -> name.getValue() > 1)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static void addPaths(String name, Object cell, Set<String> names) {
        if (cell instanceof Map<?, ?> map && !map.isEmpty()) {
            map.forEach((key, value) -> {
                if (names.size() < MOST_COLUMNS) {
                    addPaths(name + "." + key, value, names);
                }
            });
        } else {
            names.add(name);
        }
    }

    private static Object topCell(Row row, String name) {
        int at = row.columns().indexOf(name);
        return at >= 0 && at < row.cells().size() ? row.cells().get(at) : "";
    }

    /** Returns the cell of a column; empty if it is empty or damaged. */
    static Optional<Object> cell(Row row, String column) {
        int at = row.columns().indexOf(column);
        Optional<Object> cell = at < 0
                ? Nested.isPath(column) ? Nested.cell(row, column) : Optional.empty()
                : Optional.of(topCell(row, column));
        return cell.filter(one -> !Row.isNull(one)
                        && !(one instanceof Row.Damaged)
                        && !(one instanceof Nested.NoObject)
                        && !(one instanceof Map<?, ?>))
                .map(SpreadsheetText::unwrapped)
                .filter(one -> !one.toString().isBlank());
    }

    /** Returns the normalized text of a cell; empty if it is empty. */
    static String text(Row row, String column) {
        return cell(row, column).map(one -> NormalizedName.of(one.toString())).orElse("");
    }

    /** Returns how many columns of a row are filled. */
    int filled(Row row) {
        return (int)
                columns.stream().filter(column -> !text(row, column).isEmpty()).count();
    }

    /** Returns the same rows without some of them. */
    DraftRows without(Set<Row> others) {
        return new DraftRows(
                columns,
                twice,
                rows.stream().filter(row -> !others.contains(row)).toList());
    }

    /** Returns whether a column has arrays of JSON. */
    boolean hasArrays(String column) {
        return rows.stream()
                .anyMatch(
                        row -> cell(row, column).filter(List.class::isInstance).isPresent());
    }
}
