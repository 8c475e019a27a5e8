package org.catalogdrop.kommo.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.catalogdrop.model.Element;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Reads a list in overlapping sections while others add to it and delete from it. A delete moves the elements below it up, to places that
 * were read before. So each section must begin with an element read before; otherwise it is dropped and the reading goes back.
 * {@code limit_rows} and {@code limit_offset} are undocumented. If the API ignores them, each page is read again after the one behind it,
 * and both form a section. Used by one thread.
 */
public final class ListSections {

    /** The query for the top of a list: as many elements as the API has been seen to return at once. */
    public static final String TOP = "&limit_rows=500";

    private static final int MOST = 500;
    private static final int FEWEST = 50;

    /** The reciprocal of the share of elements that are read twice, so that sections overlap. */
    private static final int TWICE = 10;

    /** How often the reading goes back without finding anything new before it gives up. */
    private static final int ASTRAY = 8;

    private final Roaring64Bitmap seen = new Roaring64Bitmap();

    /** The first elements of the section taken last. */
    private List<Long> head = List.of();

    /** Whether a section was seen to begin where it was requested. */
    private boolean heeded;

    private int rows = MOST;
    private int offset;
    private int read;
    private int back = 1;
    private int astray;

    /** The page, from 1, with which the next section begins; 0 while sections are requested by offset. */
    private int page;

    /** The page behind it, once it is read. */
    private List<Element> behind = List.of();

    private boolean behindIsRead;
    private boolean ended;

    /** Returns the parameters to add to the query of the list. */
    public String query() {
        if (page > 0) {
            return "&page=" + (behindIsRead ? page : page + 1);
        }
        return "&limit_rows=" + rows + (offset == 0 ? "" : "&limit_offset=" + offset);
    }

    /** Returns whether the list was read to its end. No page size is promised, so only a section without anything new is the end. */
    public boolean isEnded() {
        return ended;
    }

    /** Returns the ids of all elements read. */
    public LongStream seen() {
        return LongStream.of(seen.toArray());
    }

    /**
     * Takes the section that was requested.
     *
     * @param sink takes the elements that are new
     * @return the section, in the order of the list; empty if it is not complete, or does not overlap
     */
    public List<Element> take(List<Element> elements, Consumer<Element> sink) {
        return page == 0 ? byOffset(elements, sink) : byPages(elements, sink);
    }

    private List<Element> byOffset(List<Element> elements, Consumer<Element> sink) {
        boolean top = isTop(elements);
        if (offset > 0 && (top || !joins(elements))) {
            goBack();
            // The first time, many elements may have been added. The second time, the API ignores the offset.
            page = astray > (top && !heeded ? 1 : ASTRAY) ? 1 : 0;
            return List.of();
        }
        heeded |= offset > 0;
        int before = read;
        int twice = Math.max(1, elements.size() / TWICE);
        boolean news = pass(elements, sink);
        read = offset + elements.size();
        offset = Math.max(0, read - twice);
        head = elements.stream().limit(twice).map(Element::id).toList();
        ended = !news && read <= before;
        if (news) {
            back = twice;
            astray = 0;
        }
        if (elements.size() <= rows / 2) {
            // The API returns no more at once, or the elements are too long.
            rows = Math.max(FEWEST, elements.size());
        }
        return elements;
    }

    /**
     * Returns whether these may be the elements that come whatever is requested. The first time it is not noticed if the first elements
     * of the section before had been deleted.
     */
    private boolean isTop(List<Element> elements) {
        return heeded
                ? !elements.isEmpty() && head.indexOf(elements.get(0).id()) == 0
                : elements.stream().anyMatch(element -> head.contains(element.id()));
    }

    private void goBack() {
        astray++;
        back = Math.min(back * 4, offset);
        offset -= back;
        read = offset;
    }

    private List<Element> byPages(List<Element> elements, Consumer<Element> sink) {
        behindIsRead = !behindIsRead;
        if (behindIsRead) {
            behind = elements;
            return List.of();
        }
        if (page > 1 && !joins(elements)) {
            page--;
            return List.of();
        }
        Set<Long> ids = elements.stream().map(Element::id).collect(Collectors.toSet());
        List<Element> both = new ArrayList<>(elements);
        behind.stream().filter(element -> !ids.contains(element.id())).forEach(both::add);
        boolean news = pass(both, sink);
        ended = !news && both.size() == elements.size();
        page++;
        return both;
    }

    /** Returns whether nothing unread can be before these elements. */
    private boolean joins(List<Element> elements) {
        return !elements.isEmpty() && seen.contains(elements.get(0).id());
    }

    private boolean pass(List<Element> elements, Consumer<Element> sink) {
        boolean news = false;
        for (Element element : elements) {
            if (!seen.contains(element.id())) {
                seen.addLong(element.id());
                news = true;
                sink.accept(element);
            }
        }
        return news;
    }
}
