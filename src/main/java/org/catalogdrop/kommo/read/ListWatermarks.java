package org.catalogdrop.kommo.read;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;

/**
 * The high-water mark of each list: the highest element id that this process has seen. Ids grow, so requests from now on make elements
 * above it, whatever any clock says. An element in the middle of a list proves nothing about those above it. So a list has a mark only
 * after its top was read, or after an add of ours has made an element in it. Safe for many threads.
 */
public final class ListWatermarks {

    private final Map<Long, Long> highest = new HashMap<>();
    /** Lists in which no existing element is above the highest id. */
    private final Set<Long> marked = new HashSet<>();

    /** Learns from elements that were read. */
    synchronized void read(Collection<Element> elements) {
        elements.forEach(element -> raise(element.catalogId(), element.id()));
    }

    /** Learns from the first page of a list. It is the top only if the list is returned newest first, which the API does not promise. */
    synchronized void readTop(long list, List<Element> elements) {
        if (isNewestFirst(elements)) {
            raise(list, elements.stream().mapToLong(Element::id).max().orElse(0));
            marked.add(list);
        }
    }

    private static boolean isNewestFirst(List<Element> elements) {
        long before = Long.MAX_VALUE;
        for (Element element : elements) {
            if (element.id() >= before) {
                return false;
            }
            before = element.id();
        }
        return true;
    }

    /** Learns from elements that adds have made. */
    public synchronized void settled(Collection<Outcome> outcomes) {
        long list = 0;
        long top = 0;
        for (Outcome outcome : outcomes) {
            if (outcome.status() == Status.CREATED && outcome.asked().orElse(null) instanceof Operation.Add add) {
                if (add.catalogId() != list) {
                    settled(list, top);
                    list = add.catalogId();
                    top = 0;
                }
                top = Math.max(top, outcome.id());
            }
        }
        settled(list, top);
    }

    private void settled(long list, long top) {
        raise(list, top);
        if (list > 0) {
            marked.add(list);
        }
    }

    private void raise(long list, long id) {
        if (list > 0) {
            highest.merge(list, id, Math::max);
        }
    }

    /** Returns the marks of the lists that a chunk of adds goes to. Lists without a mark are left out. */
    public Map<Long, Long> of(Chunk chunk) {
        Set<Long> lists = chunk.lists();
        synchronized (this) {
            return lists.stream().filter(marked::contains).collect(Collectors.toMap(list -> list, highest::get));
        }
    }

    /** Returns whether a list has a mark. */
    public synchronized boolean hasMark(long list) {
        return marked.contains(list);
    }

    /** Returns the lists that a chunk of adds goes to and that have no mark. */
    public Set<Long> missing(Chunk chunk) {
        Set<Long> lists = chunk.lists();
        synchronized (this) {
            lists.removeAll(marked);
        }
        return lists;
    }
}
