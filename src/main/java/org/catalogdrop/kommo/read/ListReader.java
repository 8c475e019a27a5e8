package org.catalogdrop.kommo.read;

import java.util.function.Consumer;
import org.catalogdrop.model.Element;

/**
 * Reads a list while others add to it and delete from it. Every element that is there all the time is passed on once. Used by one thread.
 */
public final class ListReader {

    private final ElementQuery query;
    private final Consumer<Element> sink;
    private final ListSections parts = new ListSections();

    /** @param sink takes each element once, in the order of the list */
    public ListReader(ElementQuery query, Consumer<Element> sink) {
        this.query = query;
        this.sink = sink;
    }

    public boolean isUnfinished() {
        return !parts.isEnded();
    }

    /** Returns the next page to request. */
    public PageRequest nextPage() {
        return new PageRequest(query.text() + parts.query());
    }

    /** Takes the page that was requested. */
    public void take(PageBody body) {
        parts.take(body.elements(), sink);
    }
}
