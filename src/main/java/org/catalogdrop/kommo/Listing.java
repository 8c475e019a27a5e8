package org.catalogdrop.kommo;

import java.util.function.Consumer;
import org.catalogdrop.model.Element;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Reads a list back, page by page. Pages shift while others add to the list, so each element is passed on once, and the list ends
 * where a page brings nothing new: the page size is nowhere promised. Used by one thread.
 */
public final class Listing {

    private final Query query;
    private final Consumer<Element> sink;
    private final Roaring64Bitmap seen = new Roaring64Bitmap();
    private int page;
    private boolean ended;

    /** @param sink takes each element once, in the order of the pages */
    public Listing(Query query, Consumer<Element> sink) {
        this.query = query;
        this.sink = sink;
    }

    public boolean isUnfinished() {
        return !ended;
    }

    /** The next page to ask for. */
    public PageRequest nextPage() {
        page++;
        return new PageRequest(query.text() + "&page=" + page);
    }

    /** Takes the page asked for. */
    public void take(PageBody body) {
        boolean news = false;
        for (Element element : body.elements()) {
            if (!seen.contains(element.id())) {
                seen.addLong(element.id());
                news = true;
                sink.accept(element);
            }
        }
        ended = !news;
    }
}
