package org.catalogdrop.load;

import java.util.Iterator;

/** What is read of a drop, until its load fails: a stop need not wait for the end of the file. */
final class Stoppable<T> implements Iterator<T> {

    private final Load load;
    private final Iterator<T> source;

    Stoppable(Load load, Iterator<T> source) {
        this.load = load;
        this.source = source;
    }

    @Override
    public boolean hasNext() {
        return source.hasNext();
    }

    @Override
    public T next() {
        load.failure().ifPresent(reason -> {
            throw reason;
        });
        return source.next();
    }
}
