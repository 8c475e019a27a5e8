package org.catalogdrop.kommo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;

/**
 * Reads the elements that updates and deletes in doubt name. A delete whose element is gone is done, an update whose element has
 * what was sent is done; the others may be sent again, since repeating them does no harm.
 */
final class ElementLookUp implements LookUp {

    /** Fewer than any page size seen, so that one page holds them all. */
    private static final int IDS = 20;

    private record Batch(long catalogId, List<Long> ids) {}

    private final Chunk chunk;
    private final List<Batch> batches = new ArrayList<>();
    private final Map<Long, Element> found = new HashMap<>();
    private final Set<Long> untold = new HashSet<>();
    private int asked;

    ElementLookUp(Chunk chunk) {
        this.chunk = chunk;
        Map<Long, List<Long>> byCatalog = new LinkedHashMap<>();
        for (Operation operation : chunk.operations()) {
            long catalog = operation instanceof Operation.Update update ? update.catalogId() : 0;
            byCatalog
                    .computeIfAbsent(catalog, c -> new ArrayList<>())
                    .add(operation.element().orElseThrow());
        }
        byCatalog.forEach((catalog, ids) -> {
            for (int from = 0; from < ids.size(); from += IDS) {
                batches.add(new Batch(catalog, ids.subList(from, Math.min(ids.size(), from + IDS))));
            }
        });
    }

    @Override
    public boolean isUnfinished() {
        return asked < batches.size();
    }

    @Override
    public String query() {
        Batch batch = batches.get(asked);
        String ids = batch.ids().stream().map(id -> "id[]=" + id).collect(Collectors.joining("&"));
        return batch.catalogId() > 0 ? "catalog_id=" + batch.catalogId() + "&" + ids : ids;
    }

    @Override
    public Duration pause(Instant now) {
        return Duration.ZERO;
    }

    @Override
    public void take(PageBody page) {
        Batch batch = batches.get(asked++);
        page.elements().forEach(element -> found.put(element.id(), element));
        // An element nobody asked for shows that the ids were not heeded: then what is missing is not gone.
        if (page.elements().stream().anyMatch(element -> !batch.ids().contains(element.id()))) {
            untold.addAll(batch.ids());
        }
    }

    @Override
    public Answer judge() {
        List<Outcome> settled = new ArrayList<>();
        List<Operation> again = new ArrayList<>();
        for (Operation operation : chunk.operations()) {
            long id = operation.element().orElseThrow();
            Optional<Element> element = Optional.ofNullable(found.get(id));
            if (element.isPresent()) {
                if (isApplied(operation, element.get())) {
                    settled.add(Outcome.done(operation, id));
                } else {
                    again.add(operation);
                }
            } else {
                settled.add(missing(operation, id));
            }
        }
        return new Answer(settled, List.of(), again, Optional.empty(), Optional.empty());
    }

    private Outcome missing(Operation operation, long id) {
        if (untold.contains(id)) {
            return Outcome.inDoubt(
                    operation,
                    Problem.of(
                            Code.AMBIGUOUS,
                            "no answer came, and the list could not be asked for element " + id
                                    + ". Look at it in the account, then load again with --settle."));
        }
        if (operation instanceof Operation.Delete) {
            return Outcome.done(operation, id);
        }
        return Outcome.refused(
                operation,
                Problem.of(Code.NOT_FOUND, "the list has no element " + id + " (any more). Check id and catalog_id."));
    }

    private static boolean isApplied(Operation operation, Element element) {
        return operation instanceof Operation.Update update
                && SameValue.name(update.name()).equals(SameValue.name(element.name()))
                && SameValue.fields(update.fields(), element);
    }
}
