package org.catalogdrop.mapping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;

/**
 * Values inside JSON objects, named by a path: {@code price.amount} is {@code amount} of the object {@code price}. A column with the
 * whole name, including dots, wins. Stateless.
 */
public final class Nested {

    /**
     * A value in a place where an object is needed, because a path continues there.
     *
     * @param cell the value
     */
    public record NoObject(Object cell) {

        @Override
        public String toString() {
            return Quoted.cell(cell) + " where its path needs an object";
        }
    }

    private Nested() {}

    public static boolean isPath(String column) {
        return column.indexOf('.') > 0;
    }

    /** Returns the cell at the end of a path into one of the row's columns; empty if the row does not have it. */
    public static Optional<Object> cell(Row row, String path) {
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            int at = index(row.columns(), path.substring(0, dot));
            if (at >= 0 && at < row.cells().size()) {
                return inside(row.cells().get(at), path.substring(dot + 1));
            }
        }
        return Optional.empty();
    }

    private static Optional<Object> inside(Object cell, String path) {
        if (Row.isNull(cell)) {
            return Optional.empty();
        }
        if (!(cell instanceof Map<?, ?> map)) {
            return cell instanceof String text && text.isBlank() ? Optional.empty() : Optional.of(new NoObject(cell));
        }
        Optional<Object> whole = member(map, path);
        for (int dot = path.lastIndexOf('.'); whole.isEmpty() && dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            Optional<Object> member = member(map, path.substring(0, dot));
            if (member.isPresent()) {
                return inside(member.get(), path.substring(dot + 1));
            }
        }
        return whole;
    }

    private static int index(List<String> columns, String name) {
        int at = columns.indexOf(name);
        for (int i = 0; at < 0 && i < columns.size(); i++) {
            at = NormalizedName.of(columns.get(i)).equals(NormalizedName.of(name)) ? i : -1;
        }
        return at;
    }

    private static Optional<Object> member(Map<?, ?> map, String name) {
        if (map.containsKey(name)) {
            return Optional.of(map.get(name));
        }
        return map.entrySet().stream()
                .filter(entry -> NormalizedName.of(entry.getKey().toString()).equals(NormalizedName.of(name)))
                .findFirst()
                .map(Map.Entry::getValue);
    }
}
