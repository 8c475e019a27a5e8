package org.catalogdrop.reconcile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;

/**
 * Matches adds in doubt with elements by the marker of each add. That works only if the API keeps the marker. In a list without any
 * marker seen, rows that are not found are matched with elements that have no marker, as if there were no markers. Used by one thread.
 */
final class MarkerMatcher {

    private final Chunk chunk;
    private final List<Element> free;
    private final ReconciliationContext known;
    private final Marker marker;
    private final Set<Long> kept;
    private final Map<String, List<Element>> byMarker = new HashMap<>();

    /** @param kept the lists in which an element with a marker was seen */
    MarkerMatcher(Chunk chunk, List<Element> free, ReconciliationContext known, Marker marker, Set<Long> kept) {
        this.chunk = chunk;
        this.free = free;
        this.known = known;
        this.marker = marker;
        this.kept = kept;
        for (Element element : free) {
            byMarker.computeIfAbsent(marker.in(element), m -> new ArrayList<>()).add(element);
        }
    }

    /** Returns whether the account must name our user, because an element may belong to a row. */
    boolean isUserWanted() {
        return unmarked().isUserWanted();
    }

    Answer answer() {
        List<Outcome> settled = new ArrayList<>();
        for (Operation operation : chunk.operations()) {
            List<Element> found = found(operation);
            if (found.size() == 1) {
                settled.add(Outcome.done(operation, found.get(0).id()));
            } else if (!found.isEmpty()) {
                settled.add(Outcome.inDoubt(operation, several(found)));
            }
        }
        Answer rest = unmarked().answer();
        settled.addAll(rest.settled());
        List<Operation> untouched = new ArrayList<>(absent(true));
        untouched.addAll(rest.untouched());
        return new Answer(settled, List.of(), untouched, Optional.empty(), Optional.empty());
    }

    private List<Element> found(Operation operation) {
        return byMarker.getOrDefault(marker.of(operation.row()), List.of());
    }

    /** @param proven true for lists that keep markers, false for the others */
    private List<Operation> absent(boolean proven) {
        return chunk.operations().stream()
                .filter(operation -> found(operation).isEmpty())
                .filter(operation -> kept.contains(((Operation.Add) operation).catalogId()) == proven)
                .toList();
    }

    private AddMatcher unmarked() {
        List<Element> others = free.stream()
                .filter(element -> !Marker.isOne(marker.in(element)))
                .toList();
        return new AddMatcher(new Chunk(chunk.action(), absent(false), chunk.doubtSince()), others, known);
    }

    private static Problem several(List<Element> found) {
        return Problem.of(
                Code.AMBIGUOUS,
                "no answer came, and the list has several elements with this row's marker: "
                        + found.stream().map(Element::id).sorted().limit(20).toList()
                        + ". Someone copied one. Delete the copies, then have the row looked up again.");
    }
}
