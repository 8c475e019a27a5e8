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
import org.catalogdrop.model.Amount;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;

/**
 * Matches adds in doubt with elements as a multiset: two equal rows need two elements. Nothing is guessed: what cannot be decided stays in
 * doubt. That is so if there are more elements than equal rows in doubt, here and in other chunks (someone else added the same); if a row
 * is not found, but an element of its name is there that no row accounts for (it may be the row's, changed since); if a row of that
 * name is in doubt in another chunk and may have made the element that has more in it than this row says; and if an element may be of
 * several rows alike, since objects are all that tells these apart.
 */
final class AddMatch {

    private record Wanted(long catalogId, String name, List<CustomField> fields) {}

    private final Map<Wanted, List<Operation.Add>> groups = new LinkedHashMap<>();
    private final Map<String, List<Element>> byName = new HashMap<>();
    /** How many adds of a name this chunk has. */
    private final Map<Integer, Integer> here = new HashMap<>();

    private final KnownAdds known;
    private final Set<Long> taken = new HashSet<>();
    /** Elements of several rows alike, by each of them; nobody takes them. */
    private final Map<Wanted, List<Element>> shared = new HashMap<>();

    private final Set<Long> untaken = new HashSet<>();
    private final List<Outcome> settled = new ArrayList<>();
    private final List<Operation> untouched = new ArrayList<>();

    AddMatch(Chunk chunk, List<Element> free, KnownAdds known) {
        this.known = known;
        for (Operation operation : chunk.operations()) {
            Operation.Add add = (Operation.Add) operation;
            groups.computeIfAbsent(new Wanted(add.catalogId(), add.name(), add.fields()), w -> new ArrayList<>())
                    .add(add);
            here.merge(add.namesake(), 1, Integer::sum);
        }
        for (Element element : free) {
            byName.computeIfAbsent(SameValue.plain(element.name()), n -> new ArrayList<>())
                    .add(element);
        }
    }

    Answer answer() {
        groups.forEach((wanted, adds) -> shared.put(wanted, shared(wanted, adds)));
        shared.values().forEach(elements -> elements.forEach(element -> untaken.add(element.id())));
        Map<Wanted, List<Element>> matches = new LinkedHashMap<>();
        // Those that say most choose first, and each takes what has least besides: a row with a name alone fits any of
        // that name.
        groups.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        group -> -SameValue.count(group.getKey().fields())))
                .forEach(group -> matches.put(group.getKey(), take(group.getKey(), group.getValue())));
        groups.forEach((wanted, adds) -> settle(wanted, adds, matches.get(wanted)));
        return new Answer(settled, List.of(), untouched, Optional.empty(), Optional.empty());
    }

    private List<Element> namesakes(Wanted wanted) {
        return byName.getOrDefault(SameValue.plain(wanted.name()), List.of()).stream()
                .filter(element -> element.catalogId() == wanted.catalogId() || element.catalogId() < 0)
                .toList();
    }

    /** The elements that may be of these rows, and as well of others that differ from them in objects alone. */
    private List<Element> shared(Wanted wanted, List<Operation.Add> adds) {
        if (!SameValue.isVague(wanted.fields())) {
            return List.of();
        }
        Operation.Add add = adds.get(0);
        boolean others = isWantedElsewhere(add);
        int elsewhere = known.inDoubt().namesakes(add) - here.get(add.namesake());
        boolean unlikeElsewhere = elsewhere > known.inDoubt().like(add) - adds.size();
        return namesakes(wanted).stream()
                .filter(element -> mayBe(wanted, others, element))
                .filter(element ->
                        unlikeElsewhere || groups.keySet().stream().anyMatch(other -> isTwin(wanted, other, element)))
                .toList();
    }

    /** Whether other rows may have made the element as well, for all that can be compared. */
    private static boolean isTwin(Wanted wanted, Wanted other, Element element) {
        return !other.equals(wanted)
                && SameValue.isVague(other.fields())
                && other.catalogId() == wanted.catalogId()
                && SameValue.plain(other.name()).equals(SameValue.plain(wanted.name()))
                && SameValue.fields(other.fields(), element);
    }

    private List<Element> take(Wanted wanted, List<Operation.Add> adds) {
        boolean others = isWantedElsewhere(adds.get(0));
        List<Element> match = namesakes(wanted).stream()
                .filter(element -> !taken.contains(element.id()) && !untaken.contains(element.id()))
                .filter(element -> mayBe(wanted, others, element))
                .sorted(Comparator.<Element, Boolean>comparing(
                                element -> !SameValue.literally(wanted.fields(), element))
                        .thenComparing(SameValue::count))
                .limit(adds.size())
                .toList();
        match.forEach(element -> taken.add(element.id()));
        return match;
    }

    /** @param others whether a row of this name elsewhere may have made what has more in it */
    private static boolean mayBe(Wanted wanted, boolean others, Element element) {
        return SameValue.fields(wanted.fields(), element)
                && (!others || SameValue.count(element) == SameValue.count(wanted.fields()));
    }

    /** Whether another chunk has an add of this name in doubt. */
    private boolean isWantedElsewhere(Operation.Add add) {
        return known.inDoubt().namesakes(add) > here.get(add.namesake());
    }

    private void settle(Wanted wanted, List<Operation.Add> adds, List<Element> match) {
        List<Element> left = namesakes(wanted).stream()
                .filter(element -> !taken.contains(element.id()))
                .toList();
        boolean others = isWantedElsewhere(adds.get(0));
        long alike =
                left.stream().filter(element -> mayBe(wanted, others, element)).count();
        boolean surplus = alike > 0 && alike > known.inDoubt().like(adds.get(0)) - adds.size();
        boolean riddle = !left.isEmpty() && !known.keyed();
        for (int i = 0; i < adds.size(); i++) {
            boolean found = i < match.size();
            if (!shared.get(wanted).isEmpty()) {
                settled.add(Outcome.inDoubt(adds.get(i), twins(shared.get(wanted))));
            } else if (surplus) {
                settled.add(Outcome.inDoubt(adds.get(i), surplus(adds, match, left)));
            } else if (found) {
                settled.add(Outcome.done(adds.get(i), match.get(i).id()));
            } else if (riddle) {
                settled.add(Outcome.inDoubt(adds.get(i), riddle(left)));
            } else {
                untouched.add(adds.get(i));
            }
        }
    }

    private Problem surplus(List<Operation.Add> adds, List<Element> match, List<Element> left) {
        int rows = known.inDoubt().like(adds.get(0));
        List<Element> all = new ArrayList<>(match);
        all.addAll(left);
        return Problem.of(
                Code.AMBIGUOUS,
                "no answer came, and the list now has " + Amount.of(all.size(), "element") + " like this row for "
                        + Amount.of(rows, "such row") + " sent: " + ids(all)
                        + ". Someone else added the same at that time. Look at these elements, delete what is too much, then load"
                        + " again with --settle.");
    }

    private static Problem twins(List<Element> shared) {
        return Problem.of(
                Code.AMBIGUOUS,
                "no answer came, and the list now has what may be this row's or another's in doubt, since they differ in objects alone,"
                        + " which the API gives back in another form: " + ids(shared)
                        + ". Look at these elements. If none of them is this row's, drop the row again in a file of its own.");
    }

    private static Problem riddle(List<Element> left) {
        return Problem.of(
                Code.AMBIGUOUS,
                "no answer came, and since then the list has " + (left.size() == 1 ? "an element" : "elements")
                        + " of this row's name with other values: " + ids(left)
                        + ". It may be this row's, changed since, another row's in doubt, or someone else's. Load again with --settle,"
                        + " which looks once more; if it stays so and the element is not this row's, drop the row again in a file of"
                        + " its own.");
    }

    private static List<Long> ids(List<Element> elements) {
        return elements.stream().map(Element::id).sorted().limit(20).toList();
    }
}
