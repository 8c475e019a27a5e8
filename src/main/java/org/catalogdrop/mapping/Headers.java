package org.catalogdrop.mapping;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.PlainName;

/** Where the columns of a mapping file stand in a row; worked out once for all rows with the same columns. */
final class Headers {

    private static final int MOST = 1000;

    private final List<String> wanted;
    private final Map<List<String>, int[]> known = new HashMap<>();
    private List<String> last = List.of();
    private int[] lastAt;

    Headers(Collection<String> wanted) {
        this.wanted = List.copyOf(wanted);
        this.lastAt = find(last);
    }

    int number(String column) {
        return wanted.indexOf(column);
    }

    int[] of(List<String> columns) {
        // By identity, which is what a million CSV rows need.
        if (columns != last) {
            if (known.size() == MOST) {
                known.clear(); // a drop whose rows all differ must not fill the memory
            }
            lastAt = known.computeIfAbsent(List.copyOf(columns), this::find);
            last = columns;
        }
        return lastAt;
    }

    /** The columns of the mapping file that are not among these, each with the one that may have been meant. */
    List<String> missing(List<String> columns) {
        int[] at = find(columns);
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            if (at[i] < 0) {
                missing.add(Shown.text(wanted.get(i)) + Nearest.hint(wanted.get(i), columns));
            }
        }
        return missing;
    }

    /** A column as it is written, else in its plain form, else in that and any letter case. */
    private int[] find(List<String> columns) {
        List<String> plain = columns.stream().map(PlainName::of).toList();
        int[] at = new int[wanted.size()];
        Arrays.fill(at, -1);
        for (int i = 0; i < at.length; i++) {
            String name = PlainName.of(wanted.get(i));
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
