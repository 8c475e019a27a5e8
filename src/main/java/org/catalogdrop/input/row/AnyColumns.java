package org.catalogdrop.input.row;

import java.util.AbstractSet;
import java.util.Collections;
import java.util.Iterator;

/** A set that contains every column name. */
public final class AnyColumns extends AbstractSet<String> {

    @Override
    public boolean contains(Object name) {
        return name instanceof String text && !text.isBlank();
    }

    @Override
    public Iterator<String> iterator() {
        return Collections.emptyIterator();
    }

    @Override
    public int size() {
        return 0;
    }
}
