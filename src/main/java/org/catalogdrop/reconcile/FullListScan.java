package org.catalogdrop.reconcile;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.catalogdrop.kommo.read.ListSections;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.model.Element;

/** Reads a list from its top to below what is looked for. */
final class FullListScan implements ListScan {

    private final long catalogId;
    private final OptionalLong highest;
    private final LongSupplier since;
    private final Map<Long, Element> found = new HashMap<>();
    private final ListSections parts = new ListSections();

    private long lastId = Long.MAX_VALUE;
    private boolean newestFirst = true;
    private boolean old;
    private boolean done;

    /**
     * @param highest the highest id that is not looked for, if there is one
     * @param since else unix seconds: what was created before is not looked for; asked for each page, which may tell more of the clocks
     */
    FullListScan(long catalogId, OptionalLong highest, LongSupplier since) {
        this.catalogId = catalogId;
        this.highest = highest;
        this.since = since;
    }

    @Override
    public boolean isDone() {
        return done;
    }

    @Override
    public LongStream seen() {
        return newestFirst ? parts.seen() : LongStream.empty();
    }

    @Override
    public Collection<Element> found() {
        return found.values();
    }

    @Override
    public String query() {
        return "catalog_id=" + catalogId + parts.query();
    }

    @Override
    public void take(PageBody body) {
        parts.take(body.elements(), this::take);
        // The order of the list is nowhere promised: only while it holds may the older ones be left out.
        done = parts.isEnded() || (old && newestFirst);
    }

    private void take(Element element) {
        newestFirst &= element.id() < lastId;
        lastId = element.id();
        boolean earlier =
                highest.isPresent() ? element.id() <= highest.getAsLong() : element.createdAt() < since.getAsLong();
        if (earlier) {
            old = true;
        } else {
            found.put(element.id(), element);
        }
    }
}
