package org.catalogdrop.kommo;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.catalogdrop.model.Element;

/** Reads a list from its top to below what is looked for. */
final class Walk implements ListLook {

    private final long catalogId;
    private final LongSupplier since;
    private final LongPredicate earlier;
    private final Map<Long, Element> found = new HashMap<>();
    private final Parts parts = new Parts();

    private long lastId = Long.MAX_VALUE;
    private boolean newestFirst = true;
    private boolean old;
    private boolean done;

    /**
     * @param since unix seconds: what was created before is not looked for; asked for each page, which may tell more of the clocks
     * @param earlier whether an element was ours before: what is older than it is not looked for
     */
    Walk(long catalogId, LongSupplier since, LongPredicate earlier) {
        this.catalogId = catalogId;
        this.since = since;
        this.earlier = earlier;
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
        List<Element> part = parts.take(body.elements(), this::take);
        if (!part.isEmpty()) {
            // A whole page of ours from before is further back than what is looked for; the clocks alone lead
            // through minutes.
            old |= part.subList(Math.max(0, part.size() - Soundings.PAGE), part.size()).stream()
                    .mapToLong(Element::id)
                    .allMatch(earlier);
        }
        // The order of the list is nowhere promised: only while it holds may the older ones be left out.
        done = parts.isEnded() || (old && newestFirst);
    }

    private void take(Element element) {
        newestFirst &= element.id() < lastId;
        lastId = element.id();
        if (element.createdAt() >= since.getAsLong()) {
            found.put(element.id(), element);
        } else {
            old = true;
        }
    }
}
