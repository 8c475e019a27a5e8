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

/** Reads a list from its top to below the oldest element that may be a match. Used by one thread. */
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
     * @param highest the highest id that cannot be a match; empty if it is not known
     * @param since if {@code highest} is empty: elements created before this time, in unix seconds, cannot be a match; called for each
     *     page, because answers refine the clock skew
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
        // The API does not promise an order. Older elements may be left out only while the ids descend.
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
