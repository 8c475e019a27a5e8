package org.catalogdrop.load;

import java.util.Iterator;

/** Iterates over what is read of a drop until its load fails, so that a stop need not wait for the end of the file. */
final class CancellableIterator<T> implements Iterator<T> {

    private final LoadPhase load;
    private final Iterator<T> source;

    CancellableIterator(LoadPhase load, Iterator<T> source) {
        this.load = load;
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public T next() {
        load.failure().throwIfFailed();
        return source.next();
    }
}
