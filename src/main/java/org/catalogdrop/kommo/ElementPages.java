package org.catalogdrop.kommo;

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

/** The elements that operations name, read back by their ids, few enough at a time that a page holds them. Used by one thread. */
public final class ElementPages {

    /** Fewer than any page size seen, so that one page holds them all. */
    private static final int IDS = 20;

    private record Batch(long catalogId, List<Long> ids) {}

    private final List<Batch> batches = new ArrayList<>();
    private final Map<Long, Element> found = new HashMap<>();
    private final Set<Long> untold = new HashSet<>();
    /** Those of pages that have none of their elements, though several were asked for. */
    private final Set<Long> unproven = new HashSet<>();

    private final boolean sure;
    private int asked;

    /** @param operations updates and deletes; an add has no element yet */
    public ElementPages(List<Operation> operations) {
        this(operations, false);
    }

    /** The same; if none of several comes that name no list, each is asked for alone: nobody documents that several are heeded then. */
    public static ElementPages sure(List<Operation> operations) {
        return new ElementPages(operations, true);
    }

    private ElementPages(List<Operation> operations, boolean sure) {
        this.sure = sure;
        Map<Long, List<Long>> byCatalog = new LinkedHashMap<>();
        for (Operation operation : operations) {
            long catalog = operation instanceof Operation.Update update ? update.catalogId() : 0;
            byCatalog
                    .computeIfAbsent(catalog, c -> new ArrayList<>())
                    .add(operation.element().orElseThrow());
        }
        byCatalog.forEach(this::cut);
    }

    /** @param ids of elements of one list */
    public ElementPages(long catalogId, List<Long> ids) {
        sure = false;
        cut(catalogId, ids);
    }

    private void cut(long catalog, List<Long> ids) {
        for (int from = 0; from < ids.size(); from += IDS) {
            batches.add(new Batch(catalog, ids.subList(from, Math.min(ids.size(), from + IDS))));
        }
    }

    /** Whether another page is to be asked for. */
    public boolean isUnfinished() {
        return asked < batches.size();
    }

    /** The query of the next page, as it stands in the URL. */
    public String query() {
        Batch batch = batches.get(asked);
        // One by the form the vendor's own links have; several by one that other lists of the API take.
        String ids = batch.ids().size() == 1
                ? "id=" + batch.ids().get(0)
                : batch.ids().stream().map(id -> "id[]=" + id).collect(Collectors.joining("&"));
        return batch.catalogId() > 0 ? "catalog_id=" + batch.catalogId() + "&" + ids : ids;
    }

    /** Takes the page asked for. */
    public void take(PageBody page) {
        Batch batch = batches.get(asked++);
        page.elements().forEach(element -> found.put(element.id(), element));
        // An element nobody asked for shows that the ids were not heeded: then what is missing is not gone.
        if (page.elements().stream().anyMatch(element -> !batch.ids().contains(element.id()))) {
            untold.addAll(batch.ids());
        }
        if (batch.ids().size() > 1 && batch.ids().stream().noneMatch(found::containsKey)) {
            if (sure && batch.catalogId() == 0) {
                batch.ids().forEach(id -> cut(0, List.of(id)));
            } else {
                unproven.addAll(batch.ids());
            }
        }
    }

    /** The element, if it is there. */
    public Optional<Element> element(long id) {
        return Optional.ofNullable(found.get(id));
    }

    /** Whether an element that was not found may be there all the same: nothing shows that the ids were heeded. */
    boolean isUnproven(long id) {
        return unproven.contains(id);
    }

    /** Whether the answers do not say if the element is there. */
    public boolean isUntold(long id) {
        return untold.contains(id) && !found.containsKey(id);
    }
}
