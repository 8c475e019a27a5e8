package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;

/** The positions of a mapping file's columns in a row, computed once for all rows with the same columns. Used by one thread. */
final class ColumnPositions {

    private static final int MOST = 1000;

    private final List<String> wanted;
    private final Map<List<String>, Places> known = new HashMap<>();
    private List<String> last = List.of();
    private Places lastPlaces;

    /**
     * The positions of the wanted columns in rows with certain columns.
     *
     * @param at by the number of the wanted column; -1 if it is missing
     * @param read all positions that are read
     * @param twice a wanted column that appears twice
     */
    private record Places(int[] at, int[] read, Optional<String> twice) {}

    ColumnPositions(Collection<String> wanted) {
        this.wanted = List.copyOf(wanted);
        this.lastPlaces = places(last);
    }

    int number(String column) {
        return wanted.indexOf(column);
    }

    /** Returns whether the mapping reads a column of a drop. */
    boolean reads(String column) {
        String plain = NormalizedName.folded(column);
        return wanted.stream().anyMatch(name -> NormalizedName.folded(name).equals(plain));
    }

    int[] of(List<String> columns) {
        return placesIn(columns).at();
    }

    /** Returns the row, with a problem if a column that is read appears twice in it or has a damaged cell. */
    Row judge(Row row) {
        Places places = placesIn(row.columns());
        return places.twice().isPresent() && row.problem().isEmpty()
                ? DamagedCells.with(row, Layout.twice(places.twice().get()))
                : DamagedCells.judge(row, places.read());
    }

    /** Returns the first wanted column that appears twice among these. */
    Optional<String> twice(List<String> columns) {
        return places(columns).twice();
    }

    private Places placesIn(List<String> columns) {
        // By identity, for the speed that a million CSV rows need.
        if (columns != last) {
            if (known.size() == MOST) {
                known.clear(); // a drop whose rows all differ must not fill the memory
            }
            lastPlaces = known.computeIfAbsent(List.copyOf(columns), this::places);
            last = columns;
        }
        return lastPlaces;
    }

    private Places places(List<String> columns) {
        int[] at = find(columns);
        List<String> plain = columns.stream().map(NormalizedName::of).toList();
        List<Integer> read = new ArrayList<>();
        Optional<String> twice = Optional.empty();
        for (int i = 0; i < at.length; i++) {
            if (at[i] >= 0) {
                read.add(at[i]);
                String name = NormalizedName.of(columns.get(at[i]));
                int last = last(plain, name, NormalizedName.of(wanted.get(i)));
                if (twice.isEmpty() && plain.indexOf(name) < last) {
                    twice = Optional.of(columns.get(last));
                }
            } else if (Nested.isPath(wanted.get(i))) {
                for (int j = 0; j < columns.size(); j++) {
                    if (NormalizedName.of(wanted.get(i)).startsWith(plain.get(j) + ".")) {
                        read.add(j);
                        int last = plain.lastIndexOf(plain.get(j));
                        if (twice.isEmpty() && plain.indexOf(plain.get(j)) < last) {
                            twice = Optional.of(columns.get(last));
                        }
                    }
                }
            }
        }
        return new Places(at, read.stream().mapToInt(Integer::intValue).toArray(), twice);
    }

    /** Returns the last column that a name may mean. The letter case matters as soon as a column with exactly the wanted name is there. */
    private static int last(List<String> plain, String name, String wanted) {
        if (name.equals(wanted)) {
            return plain.lastIndexOf(name);
        }
        int last = -1;
        for (int i = 0; i < plain.size(); i++) {
            last = plain.get(i).equalsIgnoreCase(wanted) ? i : last;
        }
        return last;
    }

    /** Returns whether a column is ignored because another one has exactly the wanted name and this one differs from it in letter case. */
    boolean isPassedOver(String column, List<String> columns) {
        List<String> plain = columns.stream().map(NormalizedName::of).toList();
        String name = NormalizedName.of(column);
        return wanted.stream()
                .map(NormalizedName::of)
                .filter(one -> one.equalsIgnoreCase(name))
                .allMatch(one -> !one.equals(name) && plain.contains(one));
    }

    /** Returns the columns of the mapping file that are missing among these, each with the one that may have been meant. */
    List<String> missing(List<String> columns) {
        int[] at = find(columns);
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            if (at[i] < 0) {
                missing.add(Quoted.text(wanted.get(i)) + Suggestions.hint(wanted.get(i), columns));
            }
        }
        return missing;
    }

    /** Returns the positions of a column by its exact name, else by its normalized name, else by that in any letter case. */
    private int[] find(List<String> columns) {
        List<String> plain = columns.stream().map(NormalizedName::of).toList();
        int[] at = new int[wanted.size()];
        Arrays.fill(at, -1);
        for (int i = 0; i < at.length; i++) {
            String name = NormalizedName.of(wanted.get(i));
            at[i] = columns.indexOf(wanted.get(i));
            at[i] = at[i] < 0 ? plain.indexOf(name) : at[i];
            for (int j = 0; at[i] < 0 && j < plain.size(); j++) {
                if (plain.get(j).equalsIgnoreCase(name)) {
                    at[i] = j;
                }
            }
        }
        return at;
    }
}
