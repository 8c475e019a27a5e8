package org.catalogdrop.kommo;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;

/**
 * Matches adds in doubt with elements as a multiset: two equal rows need two elements. More elements than equal rows in doubt, here
 * and in other chunks, cannot be decided (someone else added the same), and nothing is guessed.
 */
final class AddMatch {

    private record Wanted(long catalogId, String name, List<CustomField> fields) {}

    private final Map<Wanted, List<Operation.Add>> groups = new LinkedHashMap<>();
    private final Map<String, List<Element>> byName = new HashMap<>();
    private final DoubtfulAdds others;
    private final Set<Long> taken = new HashSet<>();
    private final List<Outcome> settled = new ArrayList<>();
    private final List<Operation> untouched = new ArrayList<>();

    AddMatch(Chunk chunk, List<Element> free, DoubtfulAdds others) {
        this.others = others;
        for (Operation operation : chunk.operations()) {
            Operation.Add add = (Operation.Add) operation;
            groups.computeIfAbsent(new Wanted(add.catalogId(), add.name(), add.fields()), w -> new ArrayList<>())
                    .add(add);
        }
        for (Element element : free) {
            byName.computeIfAbsent(SameValue.name(element.name()), n -> new ArrayList<>())
                    .add(element);
        }
    }

    Answer answer() {
        Map<Wanted, List<Element>> matches = new LinkedHashMap<>();
        // Those that say most choose first, and each takes what has least besides: a row with a name alone fits any of
        // that name.
        groups.entrySet().stream()
                .sorted(Comparator.comparingInt(
                        group -> -group.getKey().fields().size()))
                .forEach(group -> matches.put(
                        group.getKey(), take(group.getKey(), group.getValue().size())));
        groups.forEach((wanted, adds) -> settle(adds, matches.get(wanted), candidates(wanted)));
        return new Answer(settled, List.of(), untouched, Optional.empty(), Optional.empty());
    }

    private List<Element> candidates(Wanted wanted) {
        return byName.getOrDefault(SameValue.name(wanted.name()), List.of()).stream()
                .filter(element -> element.catalogId() == wanted.catalogId() || element.catalogId() < 0)
                .filter(element -> SameValue.fields(wanted.fields(), element))
                .toList();
    }

    private List<Element> take(Wanted wanted, int atMost) {
        List<Element> match = candidates(wanted).stream()
                .filter(element -> !taken.contains(element.id()))
                .sorted(Comparator.comparingInt(element -> element.fields().size()))
                .limit(atMost)
                .toList();
        match.forEach(element -> taken.add(element.id()));
        return match;
    }

    private void settle(List<Operation.Add> adds, List<Element> match, List<Element> candidates) {
        long left = candidates.stream()
                .filter(element -> !taken.contains(element.id()))
                .count();
        boolean surplus = left > 0 && left > others.like(adds.get(0)) - adds.size();
        for (int i = 0; i < adds.size(); i++) {
            if (surplus) {
                settled.add(Outcome.inDoubt(adds.get(i), ambiguous(others.like(adds.get(i)), candidates)));
            } else if (i < match.size()) {
                settled.add(Outcome.done(adds.get(i), match.get(i).id()));
            } else {
                untouched.add(adds.get(i));
            }
        }
    }

    private static Problem ambiguous(int rows, List<Element> candidates) {
        List<Long> ids = candidates.stream().map(Element::id).limit(20).toList();
        return Problem.of(
                Code.AMBIGUOUS,
                "no answer came, and the list now has " + candidates.size() + " elements like this row for " + rows
                        + " such row" + (rows == 1 ? "" : "s") + " sent: " + ids
                        + ". Someone else added the same at that time. Look at these elements, delete what is too much, then load"
                        + " again with --settle.");
    }
}
