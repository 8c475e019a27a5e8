package org.catalogdrop.mapping;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The layouts met so far. CSV rows share one list of columns; JSON rows have a few shapes, seldom many. */
final class LayoutCache {

    private static final int MOST_LAYOUTS = 200;
    private static final int MOST_UNKNOWN = 50;

    private final Map<List<String>, Layout> layouts = new HashMap<>();
    private final Set<String> unknown = new LinkedHashSet<>();
    private List<String> lastColumns = List.of();
    private final ResolvedNames names;
    private Layout last;

    /** @param names what columns stand for that name their field */
    LayoutCache(ResolvedNames names) {
        this.names = names;
        this.last = Layout.of(List.of(), unknown, names);
    }

    Layout of(List<String> columns) {
        // By identity, which is what a million CSV rows need.
        if (columns != lastColumns) {
            last = lookUp(columns);
            lastColumns = columns;
        }
        return last;
    }

    Set<String> unknown() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(unknown));
    }

    private Layout lookUp(List<String> columns) {
        Layout known = layouts.get(columns);
        if (known != null) {
            return known;
        }
        Set<String> unknownHere = new LinkedHashSet<>();
        Layout layout = Layout.of(columns, unknownHere, names);
        for (String name : unknownHere) {
            if (unknown.size() < MOST_UNKNOWN) {
                unknown.add(name);
            }
        }
        if (layouts.size() == MOST_LAYOUTS) {
            layouts.clear(); // a drop whose rows all differ must not fill the memory
        }
        layouts.put(List.copyOf(columns), layout);
        return layout;
    }
}
