package org.catalogdrop.kommo.read;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.TargetList;

/** Reads the elements that operations name by their ids, so few at a time that a page holds them. Used by one thread. */
public final class ElementPages {

    /** Fewer than any page size seen, so that one page holds them all. */
    private static final int IDS = 20;

    /**
     * The request for one page.
     *
     * @param list the list in which the elements are looked up
     * @param alone whether missing elements are requested alone while nothing proves that the API takes several ids into account
     * @param first the request that was made before for a list that is only assumed; elements missing there may be in another list
     */
    private record Batch(TargetList list, List<Long> ids, boolean alone, Optional<Batch> first) {

        private Batch(TargetList list, List<Long> ids, boolean alone) {
            this(list, ids, alone, Optional.empty());
        }

        /** Returns the same request for a list that is taken for the right one. */
        private Batch certain() {
            return new Batch(TargetList.named(list.id()), ids, alone);
        }

        private Batch anywhere(List<Long> missing) {
            return new Batch(TargetList.UNKNOWN, missing, alone, Optional.of(this));
        }

        private Batch of(long id) {
            return new Batch(list, List.of(id), false, first);
        }
    }

    private final List<Batch> batches = new ArrayList<>();
    private final Map<Long, Element> found = new HashMap<>();
    private final Set<Long> untold = new HashSet<>();
    /** Ids that are missing from pages of which nothing proves that the API took several ids into account. */
    private final Set<Long> unproven = new HashSet<>();

    private int asked;
    private long askedIds;

    /** @param operations updates and deletes; an add has no element yet */
    public ElementPages(List<Operation> operations) {
        this(operations, false);
    }

    /** Returns a reader that requests missing elements alone while nothing proves that the API takes several ids into account. */
    public static ElementPages sure(List<Operation> operations) {
        return new ElementPages(operations, true);
    }

    private ElementPages(List<Operation> operations, boolean sure) {
        Map<TargetList, List<Long>> updates = new LinkedHashMap<>();
        Map<TargetList, List<Long>> deletes = new LinkedHashMap<>();
        for (Operation operation : operations) {
            long id = operation.element().orElseThrow();
            if (operation instanceof Operation.Update update) {
                TargetList list = TargetList.named(update.catalogId());
                updates.computeIfAbsent(list, one -> new ArrayList<>()).add(id);
            } else if (operation instanceof Operation.Delete delete) {
                deletes.computeIfAbsent(delete.list(), one -> new ArrayList<>()).add(id);
            }
        }
        updates.forEach((list, ids) -> cut(list, ids, sure));
        deletes.forEach((list, ids) -> cut(list, ids, sure));
    }

    /** @param ids the ids of elements of one list */
    public ElementPages(long catalogId, List<Long> ids) {
        cut(TargetList.named(catalogId), ids, false);
    }

    /** Returns the same; elements that are missing are asked for alone while nothing shows that several ids are heeded. */
    public static ElementPages sure(long catalogId, List<Long> ids) {
        ElementPages pages = new ElementPages(List.of(), true);
        pages.cut(TargetList.named(catalogId), ids, true);
        return pages;
    }

    private void cut(TargetList list, List<Long> ids, boolean alone) {
        for (int from = 0; from < ids.size(); from += IDS) {
            batches.add(new Batch(list, ids.subList(from, Math.min(ids.size(), from + IDS)), alone));
        }
    }

    /** Returns whether another page is needed. */
    public boolean isUnfinished() {
        return asked < batches.size();
    }

    /** Returns how many elements the pages so far were asked for. */
    public long asked() {
        return askedIds;
    }

    /** Returns the next page. It names its list if that is known, because the documentation requires it. */
    public PageRequest next() {
        return new PageRequest(query(), batches.get(asked).first().isPresent());
    }

    /** Returns the query of the next page, as it is in the URL. */
    public String query() {
        Batch batch = batches.get(asked);
        // A single id in the form that the vendor's own links have; several in one that other lists of the API take.
        String ids = batch.ids().size() == 1
                ? "id=" + batch.ids().get(0)
                : batch.ids().stream().map(id -> "id[]=" + id).collect(Collectors.joining("&"));
        return batch.list().isKnown() ? "catalog_id=" + batch.list().id() + "&" + ids : ids;
    }

    /** Takes the page that was requested. */
    public void take(PageBody page) {
        Batch batch = batches.get(asked++);
        askedIds += batch.ids().size();
        if (!page.whole()) {
            // The API answers for lists that are named, and not for other questions.
            conclude(batch.first().orElseThrow().certain());
            return;
        }
        page.elements().forEach(element -> found.put(element.id(), element));
        // An element that nobody asked for shows that the API ignored the ids. Then a missing element is not proven
        // gone.
        if (page.elements().stream().anyMatch(element -> !batch.ids().contains(element.id()))) {
            untold.addAll(batch.ids());
        }
        List<Long> missing = missing(batch);
        if (batch.list().isAssumed() && !missing.isEmpty()) {
            batches.add(batch.anywhere(missing));
        } else {
            conclude(batch);
        }
    }

    /** Nobody documents that several ids are heeded: an answer with none of several elements, or with one, may come of one id alone. */
    private void conclude(Batch batch) {
        List<Long> missing = missing(batch);
        boolean unheeded = batch.ids().size() > 1 && batch.ids().size() - missing.size() < 2;
        if (unheeded && batch.alone()) {
            missing.forEach(id -> batches.add(batch.of(id)));
        } else if (unheeded) {
            unproven.addAll(missing);
        }
    }

    private List<Long> missing(Batch batch) {
        return batch.ids().stream().filter(id -> !found.containsKey(id)).toList();
    }

    /** Returns the element, if it was found. */
    public Optional<Element> element(long id) {
        return Optional.ofNullable(found.get(id));
    }

    /** Returns whether an element that was not found may exist: nothing proves that the API took the ids into account. */
    public boolean isUnproven(long id) {
        return unproven.contains(id);
    }

    /** Returns whether the answers leave open if the element exists. */
    public boolean isUntold(long id) {
        return untold.contains(id) && !found.containsKey(id);
    }
}
