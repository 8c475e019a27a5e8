package org.catalogdrop.kommo;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.catalogdrop.model.Element;

/**
 * Reads a list from its top to below what is looked for. The first request asks for as many elements as the API has been seen to give
 * at once ({@code limit_rows}, undocumented). Whatever comes is used; what lies below it is read by pages, of which the first must join it.
 */
final class Walk implements ListLook {

    /** The query of the top of a list. */
    static final String TOP = "&limit_rows=500";

    /** So many are read twice, so that parts join. */
    private static final int OVERLAP = Soundings.PAGE;

    private final long catalogId;
    private final LongSupplier since;
    private final LongPredicate earlier;
    private final Map<Long, Element> found = new HashMap<>();
    private final Set<Long> seen = new HashSet<>();

    /** The page asked for, from 1; 0 is the top, or what follows it. */
    private int page;

    /** How many were read before pages are asked for. */
    private int read;

    private long joins;
    private long lastId = Long.MAX_VALUE;
    private boolean newestFirst = true;
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
        return newestFirst ? seen.stream().mapToLong(Long::longValue) : LongStream.empty();
    }

    @Override
    public Collection<Element> found() {
        return found.values();
    }

    @Override
    public String query() {
        String list = "catalog_id=" + catalogId;
        if (page > 0) {
            return list + "&page=" + page;
        }
        return list + TOP + (read == 0 ? "" : "&limit_offset=" + (read - OVERLAP));
    }

    @Override
    public void take(PageBody body) {
        List<Element> elements = body.elements();
        boolean joining = joins > 0;
        if (joining && elements.stream().noneMatch(element -> element.id() == joins)) {
            restart();
            return;
        }
        joins = 0;
        boolean news = false;
        boolean old = false;
        long from = since.getAsLong();
        for (Element element : elements) {
            newestFirst &= element.id() < lastId || seen.contains(element.id());
            lastId = element.id();
            news |= seen.add(element.id());
            if (element.createdAt() >= from) {
                found.put(element.id(), element);
            } else {
                old = true;
            }
        }
        // A whole page of ours from before is further back than what is looked for; the clocks alone lead through
        // minutes.
        old |= elements.subList(Math.max(0, elements.size() - Soundings.PAGE), elements.size()).stream()
                .mapToLong(Element::id)
                .allMatch(earlier);
        // The order of the pages is nowhere promised: only while it holds may the older ones be left out.
        // What joins the part before may lie wholly within it.
        done = (!news && !joining) || (old && newestFirst);
        turn(elements.size(), news);
    }

    private void turn(int size, boolean news) {
        if (page == 0 && size > Soundings.PAGE && news) {
            read = Math.max(0, read - OVERLAP) + size;
            joins = lastId;
        } else if (page == 0 && read > 0) {
            // The list ends here, or there are only pages.
            page = (read - 1) / Soundings.PAGE + 1;
            joins = lastId;
        } else {
            page = Math.max(page, 1) + 1;
        }
    }

    /** Pages are not as large as was thought, or the list has moved: one by one, then. */
    private void restart() {
        page = 1;
        joins = 0;
        lastId = Long.MAX_VALUE;
        newestFirst = true;
        seen.clear();
    }
}
