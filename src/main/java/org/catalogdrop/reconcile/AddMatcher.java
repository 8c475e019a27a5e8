package org.catalogdrop.reconcile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.kommo.ValueComparison;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Problem;

/**
 * Matches adds in doubt with elements as a multiset: two equal rows need two elements. Nothing is guessed: an add that cannot be decided
 * stays in doubt. There are four such cases:
 * <ul>
 * <li>There are more elements than equal rows in doubt, in this chunk and others: someone else added the same.
 * <li>A row is not found, but the list has an element of its name that no row accounts for. It may be the row's, changed since.
 * <li>An element has more fields than this row sends, and another row in doubt may have made it: one of the same name in
 * another chunk, or one whose name the API may store as this name.
 * <li>An element may belong to several rows that differ only in objects.
 * </ul>
 *
 * <p>An element that another user made belongs to no row. If its maker is not known, its row stays in doubt. So does a row that is not
 * found, if an element differs from it only as an API may change a text when it stores it.
 */
final class AddMatcher {

    /** The advice about an element that may belong to a row. */
    static final String NEXT =
            " Look at it. If it is this row's, the row was applied and nothing is left to do. If it is not, put the row into a file of its own"
                    + " and load that.";

    private static final String NEXT_OF_SEVERAL =
            " Look at them. If one of them is this row's, the row was applied and nothing is left to do. If none is, put the row into a file of"
                    + " its own and load that.";

    private record Wanted(long catalogId, String name, List<CustomField> fields) {}

    private record Name(long catalogId, String name) {

        static Name of(Operation.Add add) {
            return new Name(add.catalogId(), add.name());
        }
    }

    private final Map<Wanted, List<Operation.Add>> groups = new LinkedHashMap<>();
    private final Map<String, List<Element>> byName = new HashMap<>();
    private final Map<String, List<Element>> byRest = new HashMap<>();
    private final List<Element> free;
    /** Ids of elements whose maker is not known. */
    private final Set<Long> unsure = new HashSet<>();

    /** The number of adds in this chunk, by their name. */
    private final Map<Name, Integer> here = new HashMap<>();

    private final ReconciliationContext known;
    private final Set<Long> taken = new HashSet<>();
    /** Elements that may belong to several equal rows, by each of those rows. No row takes them. */
    private final Map<Wanted, List<Element>> shared = new HashMap<>();

    private final Set<Long> untaken = new HashSet<>();
    private final Map<Wanted, List<Element>> namesakes = new HashMap<>();
    private final List<Outcome> settled = new ArrayList<>();
    private final List<Operation> untouched = new ArrayList<>();

    AddMatcher(Chunk chunk, List<Element> elements, ReconciliationContext known) {
        this.known = known;
        this.free = elements.stream()
                .filter(element -> author(element) != OwnUsers.Author.ANOTHER)
                .toList();
        for (Operation operation : chunk.operations()) {
            Operation.Add add = (Operation.Add) operation;
            groups.computeIfAbsent(new Wanted(add.catalogId(), add.name(), add.fields()), w -> new ArrayList<>())
                    .add(add);
            here.merge(Name.of(add), 1, Integer::sum);
        }
        for (Element element : free) {
            byName.computeIfAbsent(ValueComparison.plain(element.name()), n -> new ArrayList<>())
                    .add(element);
            byRest.computeIfAbsent(ValueComparison.rest(element.name()), n -> new ArrayList<>())
                    .add(element);
            if (author(element) == OwnUsers.Author.UNKNOWN) {
                unsure.add(element.id());
            }
        }
    }

    private OwnUsers.Author author(Element element) {
        return known.users().author(element, known.earlier());
    }

    /** Returns whether the account must name our user, because an element may belong to a row. */
    boolean isUserWanted() {
        return groups.keySet().stream().flatMap(wanted -> kin(wanted).stream()).anyMatch(known.users()::isWorthAsking);
    }

    Answer answer() {
        groups.forEach((wanted, adds) -> shared.put(wanted, shared(wanted, adds)));
        shared.values().forEach(elements -> elements.forEach(element -> untaken.add(element.id())));
        Map<Wanted, List<Element>> matches = new LinkedHashMap<>();
        // Rows with the most fields choose first, and each takes the element with the fewest other values, because a
        // row with a name alone matches any element of that name.
        groups.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        group -> -ValueComparison.count(group.getKey().fields())))
                .forEach(group -> matches.put(group.getKey(), take(group.getKey(), group.getValue())));
        groups.forEach((wanted, adds) -> settle(wanted, adds, matches.get(wanted)));
        return new Answer(settled, List.of(), untouched, Optional.empty(), Optional.empty());
    }

    /**
     * Returns the rows for which the list has an element whose name may be theirs as the API has stored it, if reading more elements can
     * decide that.
     */
    List<Operation.Add> changed() {
        return groups.entrySet().stream()
                .filter(group ->
                        kin(group.getKey()).size() > namesakes(group.getKey()).size())
                .map(group -> group.getValue().get(0))
                .toList();
    }

    /** Returns the elements with this name, and those with the name that the API is known to store for it. */
    private List<Element> namesakes(Wanted wanted) {
        return namesakes.computeIfAbsent(wanted, one -> {
            List<Element> all = new ArrayList<>(byPlainName(one));
            likes(one).stream()
                    .filter(element -> !all.contains(element))
                    .filter(element -> known.names().isStoredAs(one.name(), element.name()))
                    .forEach(all::add);
            return List.copyOf(all);
        });
    }

    private List<Element> byPlainName(Wanted wanted) {
        return byName.getOrDefault(ValueComparison.plain(wanted.name()), List.of()).stream()
                .filter(element -> element.catalogId() == wanted.catalogId() || element.catalogId() < 0)
                .toList();
    }

    /** Returns the elements with this name, and those with a name that it may have become. */
    private List<Element> kin(Wanted wanted) {
        Set<Element> kin = new LinkedHashSet<>(likes(wanted));
        kin.addAll(namesakes(wanted));
        return List.copyOf(kin);
    }

    /** Returns the elements with a name that this one may have become. */
    private Set<Element> likes(Wanted wanted) {
        Set<Element> kin = new LinkedHashSet<>(byRest.getOrDefault(ValueComparison.rest(wanted.name()), List.of()));
        if (ValueComparison.isCuttable(wanted.name())) {
            free.stream()
                    .filter(element -> ValueComparison.isCutOf(element.name(), wanted.name()))
                    .forEach(kin::add);
        }
        kin.removeIf(element -> element.catalogId() != wanted.catalogId() && element.catalogId() >= 0);
        return kin;
    }

    /** Returns the elements that may belong to these rows, and also to other rows that differ from them only in objects. */
    private List<Element> shared(Wanted wanted, List<Operation.Add> adds) {
        if (!ValueComparison.isVague(wanted.fields())) {
            return List.of();
        }
        Operation.Add add = adds.get(0);
        boolean others = isWantedElsewhere(add);
        int elsewhere = known.inDoubt().namesakes(add) - here.get(Name.of(add));
        boolean unlikeElsewhere = elsewhere > known.inDoubt().like(add) - adds.size();
        return namesakes(wanted).stream()
                .filter(element -> mayBe(wanted, others, element))
                .filter(element -> unlikeElsewhere
                        || isNamedElsewhere(add, element)
                        || groups.keySet().stream().anyMatch(other -> isTwin(wanted, other, element)))
                .toList();
    }

    /** Returns whether the other rows may have made the element too, judging by everything that can be compared. */
    private boolean isTwin(Wanted wanted, Wanted other, Element element) {
        return !other.equals(wanted)
                && ValueComparison.isVague(other.fields())
                && other.catalogId() == wanted.catalogId()
                && namesakes(other).contains(element)
                && ValueComparison.fields(other.fields(), element);
    }

    /** Returns whether an add in doubt in another chunk has exactly the element's name, while this add's name is only stored as it. */
    private boolean isNamedElsewhere(Operation.Add add, Element element) {
        int name =
                new Operation.Add(add.row(), add.requestId(), add.catalogId(), element.name(), add.fields()).namesake();
        long inThisChunk = groups.values().stream()
                .flatMap(List::stream)
                .filter(one -> one.namesake() == name)
                .count();
        return name != add.namesake() && known.inDoubt().namesakes(name) > inThisChunk;
    }

    private List<Element> take(Wanted wanted, List<Operation.Add> adds) {
        boolean others = isWantedElsewhere(adds.get(0));
        List<Element> match = namesakes(wanted).stream()
                .filter(element -> !taken.contains(element.id()) && !untaken.contains(element.id()))
                .filter(element -> mayBe(wanted, others, element))
                .sorted(Comparator.<Element, Boolean>comparing(element -> unsure.contains(element.id()))
                        .thenComparing(element -> !ValueComparison.literally(wanted.fields(), element))
                        .thenComparing(ValueComparison::count))
                .limit(adds.size())
                .toList();
        match.forEach(element -> taken.add(element.id()));
        return match;
    }

    /** @param others whether another row may have made an element that has more fields */
    private static boolean mayBe(Wanted wanted, boolean others, Element element) {
        // The API may have stored another row's name as the same one.
        boolean changed = !ValueComparison.plain(element.name()).equals(ValueComparison.plain(wanted.name()));
        return ValueComparison.fields(wanted.fields(), element)
                && ((!others && !changed) || ValueComparison.count(element) == ValueComparison.count(wanted.fields()));
    }

    /** Returns whether an add in doubt in another chunk has this name, or one anywhere has a name that may be stored as this one. */
    private boolean isWantedElsewhere(Operation.Add add) {
        return known.inDoubt().namesakes(add) > here.get(Name.of(add));
    }

    private void settle(Wanted wanted, List<Operation.Add> adds, List<Element> match) {
        List<Element> left = namesakes(wanted).stream()
                .filter(element -> !taken.contains(element.id()))
                .toList();
        boolean others = isWantedElsewhere(adds.get(0));
        long alike = left.stream()
                .filter(element -> !unsure.contains(element.id()))
                .filter(element -> mayBe(wanted, others, element))
                .count();
        List<Element> changed = kin(wanted).stream()
                .filter(element -> !taken.contains(element.id()))
                .toList();
        boolean surplus = alike > 0 && alike > known.inDoubt().like(adds.get(0)) - adds.size();
        boolean riddle = !left.isEmpty() && !known.keyed();
        for (int i = 0; i < adds.size(); i++) {
            boolean found = i < match.size();
            if (!shared.get(wanted).isEmpty()) {
                settled.add(Outcome.inDoubt(adds.get(i), twins(shared.get(wanted))));
            } else if (surplus) {
                settled.add(Outcome.inDoubt(adds.get(i), surplus(adds, match, left)));
            } else if (found && unsure.contains(match.get(i).id())) {
                settled.add(Outcome.inDoubt(adds.get(i), unsure(match.get(i))));
            } else if (found) {
                settled.add(Outcome.done(adds.get(i), match.get(i).id()));
            } else if (riddle) {
                settled.add(Outcome.inDoubt(adds.get(i), ambiguity(left)));
            } else if (!changed.isEmpty() && !known.keyed()) {
                settled.add(Outcome.inDoubt(adds.get(i), changed(changed)));
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
                "no answer came, and the list now has " + Plural.of(all.size(), "element") + " like this row for "
                        + Plural.of(rows, "such row") + " sent: " + ids(all)
                        + ". Someone else added the same at that time. Look at these elements and delete those that nobody needs. Then"
                        + " have the row looked up again: it gets the id of the element that is left for it.");
    }

    private static Problem unsure(Element element) {
        String who = element.createdBy() > 0
                ? "User " + element.createdBy()
                        + " created it, and it is not known whether this row was sent as that user."
                : "The API does not say who created it.";
        return Problem.of(
                Code.AMBIGUOUS,
                "no answer came, and since then the list has an element like this row: [" + element.id() + "]. " + who
                        + NEXT);
    }

    private static Problem changed(List<Element> changed) {
        return Problem.of(
                Code.AMBIGUOUS,
                "no answer came, and since then the list has an element whose name is much like this row's: "
                        + ids(changed)
                        + ". The API may have changed the name when it stored the row." + NEXT);
    }

    private static Problem twins(List<Element> shared) {
        return Problem.of(
                Code.AMBIGUOUS,
                "no answer came, and the list now has elements that can be this row's or those of another row in doubt: "
                        + ids(shared)
                        + ". They differ only in values that are objects, which the API returns in another form."
                        + NEXT_OF_SEVERAL);
    }

    private static Problem ambiguity(List<Element> left) {
        return Problem.of(
                Code.AMBIGUOUS,
                "no answer came, and since then the list has " + (left.size() == 1 ? "an element" : "elements")
                        + " of this row's name with other values: " + ids(left)
                        + ". That can be this row's, changed since, that of another row in doubt, or someone else's. Have the row"
                        + " looked up again. If it stays in doubt:" + (left.size() == 1 ? NEXT : NEXT_OF_SEVERAL));
    }

    private static List<Long> ids(List<Element> elements) {
        return elements.stream().map(Element::id).sorted().limit(20).toList();
    }
}
