package org.catalogdrop.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.kommo.read.ElementPages;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;

/**
 * Looks for the elements that adds in doubt may have made. It compares elements with ids above the highest one seen before the intent, by
 * name and every field sent. An add counts as absent only if two looks miss it, the second after the settle time. The second look
 * searches only for elements that came after the first. Used by one thread.
 */
public final class AddReconciliation implements Reconciliation {

    private static final int LOOKS = 2;

    private final Chunk chunk;
    private final Instant settled;
    private final Instant doubtSince;
    private final List<Long> catalogs;
    private final ReconciliationContext known;
    private final ClockSkew clocks;
    private final long mark;
    private final Map<Long, Element> found = new HashMap<>();
    private final Map<Long, long[]> seen = new HashMap<>();

    private OwnElements ours;
    private Duration allowance;
    /** Lists in which an element with a marker was seen, so the API keeps markers there. */
    private final Set<Long> marked = new HashSet<>();

    /** Answered adds that are being read back to learn how the API stores names. */
    private Optional<ElementPages> names = Optional.empty();

    private long listOfNames;
    /** Whether the API may have changed some of the names. */
    private final boolean changeable;

    private int look;
    private int catalog;
    private Optional<ListScan> current = Optional.empty();
    /** The judgement of what was found so far. It is cached, because it is needed several times. */
    private Optional<Answer> judged = Optional.empty();

    /**
     * @param chunk the adds that may have been applied, with the time of their first intent
     * @param settled when a request for it can no longer be under way, by the clock of {@link #pause}
     * @param known the context: other adds, our users, stored names
     * @param clocks how far the server's clock may be from ours
     */
    public AddReconciliation(Chunk chunk, Instant settled, ReconciliationContext known, ClockSkew clocks) {
        this.chunk = chunk;
        this.settled = settled;
        this.known = known;
        this.clocks = clocks;
        resumed();
        this.mark = known.made().mark();
        this.doubtSince = chunk.doubtSince().orElse(settled);
        this.changeable = chunk.operations().stream()
                .anyMatch(operation -> StoredNameRules.isChangeable(((Operation.Add) operation).name()));
        this.catalogs = chunk.operations().stream()
                .map(operation -> ((Operation.Add) operation).catalogId())
                .distinct()
                .toList();
    }

    @Override
    public boolean isUnfinished() {
        return look < LOOKS || needsOwnUser() || !namesToRead().isEmpty();
    }

    /** Returns answered adds whose stored names show whether an element is a row's; only of the first list that has any. */
    private List<Long> namesToRead() {
        boolean between = look > 0 && catalog == 0 && current.isEmpty();
        if (!between || !changeable) {
            return List.of();
        }
        for (long list : catalogs) {
            List<Long> ids = known.marker().isPresent()
                    ? List.of()
                    : match().changed().stream()
                            .filter(add -> add.catalogId() == list)
                            .flatMap(add -> known.names().toRead(list, add.name()).stream())
                            .distinct()
                            .limit(StoredNameRules.PAGE)
                            .toList();
            if (!ids.isEmpty()) {
                listOfNames = list;
                return ids;
            }
        }
        return List.of();
    }

    /** Returns whether the maker of an element decides. It matters only for elements that may be a row's. */
    @Override
    public boolean needsOwnUser() {
        boolean between = look > 0 && catalog == 0 && current.isEmpty();
        return between && free().stream().anyMatch(known.users()::isWorthAsking) && isUserWantedByMatch();
    }

    @Override
    public void userTold() {
        judged = Optional.empty();
        endEarly();
    }

    @Override
    public String query() {
        List<Long> ids = namesToRead();
        if (!ids.isEmpty()) {
            known.names().asked(ids);
            names = Optional.of(new ElementPages(listOfNames, ids));
            return names.get().query();
        }
        if (current.isEmpty()) {
            current = Optional.of(look == 0 ? first() : second());
        }
        return current.get().query();
    }

    private FullListScan walk() {
        return new FullListScan(catalogs.get(catalog), ours.highest(catalogs.get(catalog)), this::since);
    }

    /**
     * Returns the lower limit of creation times, by the server's clock. If another process wrote the intent, its clock may have been set
     * since; then the list is read to its end.
     */
    private long since() {
        return known.earlier() ? Long.MIN_VALUE : intended();
    }

    private long intended() {
        return doubtSince.minus(clocks.allowance()).getEpochSecond();
    }

    private ListScan first() {
        long list = catalogs.get(catalog);
        OptionalLong highest = ours.highest(list);
        return (highest.isEmpty() ? Optional.<LongStream>empty() : known.made().around(highest.getAsLong(), list))
                .<ListScan>map(ids -> recheck(list, Optional.empty(), ids))
                .orElseGet(this::walk);
    }

    /**
     * Returns the second look. Everything that the first look saw, and that we have made since, must be in the list; anything else is
     * new.
     */
    private ListScan second() {
        long list = catalogs.get(catalog);
        long[] before = seen.get(list);
        Optional<LongStream> made = known.made().since(mark, list);
        if (before.length == 0 || made.isEmpty()) {
            return walk();
        }
        long lowest = LongStream.of(before).min().orElseThrow();
        LongStream expected =
                LongStream.concat(LongStream.of(before), made.get().filter(id -> id > lowest));
        Optional<String> name = open().filter(add -> add.catalogId() == list)
                .map(Operation.Add::name)
                .findFirst();
        return name.isEmpty() ? walk() : recheck(list, name, expected);
    }

    private IncrementalListScan recheck(long list, Optional<String> name, LongStream expected) {
        return new IncrementalListScan(list, name, new InsertionSearch(expected), known.made()::mayBeDeleted, walk());
    }

    @Override
    public Duration pause(Instant now) {
        boolean secondLookBegins = look == LOOKS - 1
                && catalog == 0
                && current.isEmpty()
                && namesToRead().isEmpty();
        return secondLookBegins && now.isBefore(settled) ? Duration.between(now, settled) : Duration.ZERO;
    }

    @Override
    public void resumed() {
        judged = Optional.empty();
        allowance = clocks.allowance();
        ours = known.ours().get();
    }

    @Override
    public void take(PageBody body) {
        known.names().read(body.elements());
        if (names.isPresent()) {
            names = Optional.empty();
            judged = Optional.empty();
            endEarly();
            return;
        }
        if (allowance.compareTo(clocks.allowance()) < 0) {
            // More is read than was planned, so more of our own elements are needed.
            resumed();
        }
        known.marker()
                .filter(marker -> body.elements().stream().anyMatch(one -> Marker.isOne(marker.in(one))))
                .ifPresent(marker -> marked.add(catalogs.get(catalog)));
        ListScan list = current.orElseThrow();
        list.take(body);
        body.elements().stream()
                .filter(element -> ours.claimed().test(element.id()))
                .forEach(element -> known.users().learn(element.createdBy()));
        if (list.isDone()) {
            list.found().forEach(element -> found.put(element.id(), element));
            judged = Optional.empty();
            seen.put(catalogs.get(catalog), list.seen().toArray());
            nextCatalog();
        }
    }

    private void nextCatalog() {
        current = Optional.empty();
        catalog++;
        if (catalog == catalogs.size()) {
            catalog = 0;
            look++;
            endEarly();
        }
    }

    /** Skips the second look if it could only find the same again. */
    private void endEarly() {
        if (look == 1 && !needsOwnUser() && isSettled()) {
            look = LOOKS;
        }
    }

    /**
     * Returns whether everything was found, so that a second look could only find it again. That is not certain while another chunk has
     * an equal add in doubt: the element may be that add's, and ours may still come.
     */
    private boolean isSettled() {
        if (open().findAny().isPresent()) {
            return false;
        }
        return marked.containsAll(catalogs)
                || chunk.operations().stream()
                        .map(Operation.Add.class::cast)
                        .collect(Collectors.groupingBy(Operation.Add::content))
                        .values()
                        .stream()
                        .allMatch(alike -> known.inDoubt().like(alike.get(0)) <= alike.size());
    }

    /** Returns the adds that are not found, or not with certainty. */
    private Stream<Operation.Add> open() {
        Answer answer = judge();
        Stream<Operation> unsure = answer.settled().stream()
                .filter(outcome -> outcome.status() == Status.IN_DOUBT)
                .flatMap(outcome -> outcome.asked().stream());
        return Stream.concat(answer.untouched().stream(), unsure).map(Operation.Add.class::cast);
    }

    @Override
    public Answer judge() {
        if (judged.isEmpty()) {
            Answer answer = known.marker().isPresent() ? marked().answer() : match().answer();
            List<Outcome> settled =
                    answer.settled().stream().map(this::unlessOlder).toList();
            judged =
                    Optional.of(new Answer(settled, List.of(), answer.untouched(), Optional.empty(), Optional.empty()));
        }
        return judged.get();
    }

    private boolean isUserWantedByMatch() {
        return known.marker().isPresent() ? marked().isUserWanted() : match().isUserWanted();
    }

    private MarkerMatcher marked() {
        return new MarkerMatcher(chunk, free(), known, known.marker().orElseThrow(), marked);
    }

    private AddMatcher match() {
        return new AddMatcher(chunk, free(), known);
    }

    /** Leaves a row in doubt if nothing of the list was seen before and the element seems older than the row: it may be someone else's. */
    private Outcome unlessOlder(Outcome outcome) {
        Operation.Add add = (Operation.Add) outcome.asked().orElseThrow();
        boolean older = outcome.status() == Status.CREATED
                && !isMarked(add, outcome.id())
                && ours.highest(add.catalogId()).isEmpty()
                && found.get(outcome.id()).createdAt() < intended();
        return older ? Outcome.inDoubt(add, older(outcome.id())) : outcome;
    }

    /** Returns whether the element has the row's marker. A marker belongs to one row, whatever the clocks say. */
    private boolean isMarked(Operation.Add add, long id) {
        return known.marker()
                .filter(marker -> marker.of(add.row()).equals(marker.in(found.get(id))))
                .isPresent();
    }

    private static Problem older(long id) {
        return Problem.of(
                Code.AMBIGUOUS,
                "no answer came, and the list has an element like this row, " + id
                        + ", which may have been there before: it is dated earlier than the row was sent, or a clock was set."
                        + AddMatcher.NEXT);
    }

    private List<Element> free() {
        return found.values().stream()
                .filter(element -> !ours.claimed().test(element.id()))
                .sorted(Comparator.comparingLong(Element::id))
                .toList();
    }
}
