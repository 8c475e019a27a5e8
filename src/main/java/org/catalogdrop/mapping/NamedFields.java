package org.catalogdrop.mapping;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.catalogdrop.mapping.Column.Kind;
import org.catalogdrop.mapping.value.UnsignedNumber;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;

/**
 * What a drop with standard columns needs from the account: its columns that give a field by name or code, such as {@code cf:Price}, and
 * the lists whose fields they can be.
 *
 * @param columns their normalized names, without {@code _was:}
 * @param lists the lists to which the rows go; read only if there are such columns
 */
public record NamedFields(Set<String> columns, Set<Long> lists) {

    /** The value for a drop that gives all fields by id. */
    public static final NamedFields NONE = new NamedFields(Set.of(), Set.of());

    /** More names than any list has fields. If there are more, they are refused before they fill the memory. */
    private static final int MOST = 1000;

    /**
     * Runs through the rows of a drop, no further than necessary.
     *
     * @param sameColumns whether all rows have the columns of the first
     * @param defaultList the list for rows that name none
     */
    public static NamedFields of(Iterator<Row> rows, boolean sameColumns, OptionalLong defaultList) {
        Set<String> columns = new LinkedHashSet<>();
        Set<Long> lists = new TreeSet<>();
        List<String> last = List.of();
        int list = -1;
        while (rows.hasNext() && columns.size() <= MOST) {
            Row row = rows.next();
            if (row.problem().isPresent()) {
                continue; // it could not be read, so its columns tell nothing
            }
            if (row.columns() != last) {
                last = row.columns();
                last.stream()
                        .map(NamedFields::inner)
                        .filter(NamedFields::isNamed)
                        .forEach(columns::add);
                list = listColumn(last);
            }
            String id = list < 0 || list >= row.cells().size()
                    ? ""
                    : row.cells().get(list).toString().strip();
            if (id.isEmpty()) {
                defaultList.ifPresent(lists::add);
            } else if (UnsignedNumber.of(id) > 0) {
                lists.add(UnsignedNumber.of(id));
            }
            if (sameColumns && (columns.isEmpty() || list < 0)) {
                break;
            }
        }
        return columns.isEmpty() ? NONE : new NamedFields(Set.copyOf(columns), Set.copyOf(lists));
    }

    public boolean isEmpty() {
        return columns.isEmpty();
    }

    /** Returns the normalized name of a column; for a condition, that of the column it is about. */
    public static String inner(String column) {
        String plain = NormalizedName.of(column);
        return Column.isCondition(plain) ? NormalizedName.of(plain.substring(Column.CONDITION.length())) : plain;
    }

    /** Returns whether a column gives its field by something other than a number. */
    private static boolean isNamed(String column) {
        if (!column.regionMatches(true, 0, Column.FIELD, 0, Column.FIELD.length())
                || Column.of(column).kind() != Kind.MALFORMED) {
            return false;
        }
        String rest = rest(column);
        int colon = rest.indexOf(':');
        String name = (colon < 0 ? rest : rest.substring(0, colon)).strip();
        return !name.isEmpty() && !UnsignedNumber.isDigits(name);
    }

    /** Returns what follows {@code cf:}. */
    public static String rest(String column) {
        return column.substring(Column.FIELD.length()).strip();
    }

    private static int listColumn(List<String> columns) {
        for (int i = 0; i < columns.size(); i++) {
            if (Column.of(columns.get(i)).kind() == Kind.CATALOG_ID) {
                return i;
            }
        }
        return -1;
    }
}
