package org.catalogdrop.input.row;

import java.util.ArrayList;
import java.util.List;

/** Collects the names of a row. As long as they are those of the row before, nothing is allocated. Used by one thread. */
public final class ColumnNames {

    private final List<String> before;
    private List<String> own = List.of();
    private boolean same = true;
    private int count;

    public ColumnNames(List<String> before) {
        this.before = before;
    }

    public void add(String name) {
        if (same && !(count < before.size() && before.get(count).equals(name))) {
            diverge();
        }
        if (!same) {
            own.add(name);
        }
        count++;
    }

    /** Returns the names; the list of the row before, if they are the same. */
    public List<String> list() {
        if (same && count < before.size()) {
            diverge();
        }
        return same ? before : own;
    }

    private void diverge() {
        own = new ArrayList<>(before.subList(0, count));
        same = false;
    }
}
