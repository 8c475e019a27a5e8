package org.catalogdrop.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.kommo.ClockSkew;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.ForwardClock;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adds in doubt are looked for in a list that others go on adding to and deleting from. */
class AddReconciliationTest {

    private static final long LIST = 7;
    private static final Instant BEFORE = Instant.ofEpochSecond(1_800_000_000);
    private static final Instant INTENT = BEFORE.plusSeconds(10);

    private final AtomicReference<Instant> now = new AtomicReference<>(BEFORE);
    private final List<Element> list = new ArrayList<>();
    private final List<Long> ours = new ArrayList<>();
    private final InstantSource clock = new ForwardClock(now::get);
    private final RecentWrites made = new RecentWrites();
    private final Random random = new Random(11);
    private boolean rowsAreHeeded = true;
    private boolean newestAreDeleted;
    private long lastId = 1000;
    /** The highest id when the adds looked for were sent. */
    private long seen;

    private int nextRow = 1;
    private int requests;

    private List<Operation> adds(int count) {
        return IntStream.range(0, count).mapToObj(i -> add(nextRow++)).toList();
    }

    private static Operation add(int row) {
        return new Operation.Add(Row.of(row, row + 1, List.of(), List.of()), row, LIST, "Row " + row, List.of());
    }

    /** The elements of some rows, from an id on. */
    private List<Long> apply(List<Operation> adds, long firstId) {
        List<Long> ids = new ArrayList<>();
        for (Operation add : adds) {
            long id = firstId + ids.size();
            list.add(new Element(
                    id, LIST, ((Operation.Add) add).name(), now.get().getEpochSecond(), 0, List.of(), 1));
            ids.add(id);
        }
        list.sort(Comparator.comparingLong(Element::id).reversed());
        lastId = Math.max(lastId, firstId + adds.size() - 1);
        return ids;
    }

    /** Chunks of ours that are sent and answered; between them ids are left for others. */
    private void load(int chunks) {
        for (int i = 0; i < chunks; i++) {
            List<Operation> adds = adds(250);
            List<Long> ids = apply(adds, lastId + 1000);
            ours.addAll(ids);
            made.settled(IntStream.range(0, 250)
                    .mapToObj(at -> Outcome.done(adds.get(at), ids.get(at)))
                    .toList());
        }
    }

    private void intend() {
        now.set(INTENT);
        seen = lastId;
    }

    private Reconciliation lookUp(List<Operation> adds) {
        return lookUp(adds, Map.of(LIST, seen), Optional.empty());
    }

    private Reconciliation lookUp(List<Operation> adds, Map<Long, Long> marks, Optional<Marker> marker) {
        InDoubtAddIndex doubts = new InDoubtAddIndex(Map.of(), Map.of());
        doubts.add(adds);
        ReconciliationContext known = new ReconciliationContext(
                () -> new OwnElements(Set.copyOf(ours)::contains, marks),
                doubts,
                made,
                false,
                AddMatcherTest.users(),
                false,
                new StoredNameRules(),
                marker);
        Chunk chunk = new Chunk(Action.ADD, adds, Optional.of(INTENT));
        return new AddReconciliation(chunk, INTENT.plusSeconds(30), known, new ClockSkew(now::get));
    }

    /** The first look, up to the wait. */
    private void first(Reconciliation look) {
        for (; look.isUnfinished() && look.pause(INTENT).isZero(); ask(look)) {}
    }

    /** The second look. */
    private Answer second(Reconciliation look) {
        requests = 0;
        for (look.resumed(); look.isUnfinished(); ask(look)) {}
        return look.judge();
    }

    private void ask(Reconciliation look) {
        requests++;
        Map<String, String> query = List.of(look.query().split("&")).stream()
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1].replace('+', ' ')));
        boolean rows = rowsAreHeeded && query.containsKey("limit_rows");
        int size = rows ? 500 : 50;
        int skip = (Integer.parseInt(query.getOrDefault("page", "1")) - 1) * size
                + (rows ? Integer.parseInt(query.getOrDefault("limit_offset", "0")) : 0);
        List<Element> page = list.stream()
                .filter(element -> element.name().contains(query.getOrDefault("term", "")))
                .skip(skip)
                .limit(size)
                .toList();
        look.take(new PageBody(page, true));
        if (newestAreDeleted) {
            list.remove(0);
        }
    }

    /** A load of some chunks, then one whose answer is lost. */
    private Reconciliation doubt(List<Operation> adds) {
        load(3);
        intend();
        load(1);
        Reconciliation look = lookUp(adds);
        first(look);
        return look;
    }

    private static List<Long> ids(Answer answer) {
        return answer.settled().stream().map(Outcome::id).toList();
    }

    /** With a marker no element is mistaken; that is no reason to read all the elements of years. */
    @Test
    void given_markers_and_a_list_that_could_not_be_read_before_when_adds_are_looked_for_then_only_its_top_is_read() {
        Marker marker = new Marker(5, "ab".repeat(32), "0123456789abcdef");
        now.set(BEFORE.minus(Duration.ofDays(1)));
        load(12);
        intend();
        List<Operation> adds = adds(3);
        for (Operation add : adds.subList(0, 2)) {
            String text = marker.of(add.row());
            Element.Field field = new Element.Field("5", "Marker", List.of(new Element.FieldValue(text, "", "")));
            list.add(0, new Element(++lastId, LIST, "X", now.get().getEpochSecond(), 0, List.of(field), 1));
        }

        Reconciliation look = lookUp(adds, Map.of(), Optional.of(marker));
        first(look);
        assertThat(requests).as("pages of the first look").isEqualTo(1);
        Answer answer = second(look);

        assertThat(requests).as("pages of the second look").isLessThanOrEqualTo(2);
        assertThat(ids(answer)).containsExactly(lastId - 1, lastId);
        assertThat(answer.untouched()).containsExactly(adds.get(2));
    }

    @Test
    void elements_at_their_expected_places_prove_that_nothing_was_added() {
        List<Operation> adds = adds(250);
        Reconciliation look = doubt(adds);
        assertThat(requests).as("requests of the first look").isLessThanOrEqualTo(2);
        load(20);
        assertThat(second(look).untouched()).hasSize(250);
        assertThat(requests).isLessThanOrEqualTo(3);
    }

    /** What is made after the request must not count as made before, or the look-up ends above what it looks for. */
    @Test
    void add_applied_at_once_is_found_although_the_clock_was_set_back() {
        List<Operation> adds = adds(250);
        load(3);
        intend();
        // The clock has given this time out.
        var unused = clock.instant();
        List<Long> applied = apply(adds, lastId + 1);
        now.set(BEFORE.minusSeconds(3600));
        load(3);

        Reconciliation look = lookUp(adds);
        first(look);

        assertThat(ids(second(look))).containsExactlyElementsOf(applied);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 49, 50, 137, 250})
    void add_applied_late_is_found(int applied) {
        List<Operation> adds = adds(250);
        Reconciliation look = doubt(adds);
        load(7);
        long place = lastId + 100;
        load(13);
        List<Long> late = apply(adds.subList(0, applied), place);
        Answer answer = second(look);
        assertThat(ids(answer)).isEqualTo(late);
        assertThat(answer.untouched()).hasSize(250 - applied);
        assertThat(requests).isLessThanOrEqualTo(20);
    }

    @Test
    void add_applied_at_once_is_found_at_the_first_look() {
        List<Operation> adds = adds(250);
        load(3);
        intend();
        List<Long> applied = apply(adds, lastId + 100);
        load(3);
        Reconciliation look = lookUp(adds);
        first(look);
        assertThat(look.isUnfinished()).isFalse();
        assertThat(ids(look.judge())).isEqualTo(applied);
        assertThat(requests).isLessThanOrEqualTo(14);
    }

    @Test
    void elements_of_others_are_not_taken_for_ours() {
        List<Operation> adds = adds(250);
        Reconciliation look = doubt(adds);
        for (int i = 0; i < 4; i++) {
            load(4);
            apply(adds(1), lastId + 500);
        }
        assertThat(second(look).untouched()).hasSize(250);
        assertThat(requests).isLessThanOrEqualTo(50);
    }

    /** As many are deleted as came: all that is known stands where it must. */
    @Test
    void delete_by_others_does_not_hide_an_applied_add() {
        List<Operation> adds = adds(1);
        Reconciliation look = doubt(adds);
        load(5);
        long place = lastId + 100;
        load(5);
        list.removeIf(element -> element.id() == ours.get(ours.size() - 10));
        load(5);
        List<Long> late = apply(adds, place);
        assertThat(ids(second(look))).isEqualTo(late);
    }

    /** What stands at the top of a page moves to the page that was read. */
    @Test
    void deletes_while_the_list_is_read_hide_nothing() {
        rowsAreHeeded = false;
        newestAreDeleted = true;
        intend();
        List<Operation> adds = adds(1);
        List<Long> applied = apply(adds, lastId + 100);
        apply(adds(50), lastId + 100);
        Reconciliation look = lookUp(adds);
        first(look);
        assertThat(ids(look.judge())).isEqualTo(applied);
    }

    @Test
    void missing_known_element_proves_nothing() {
        List<Operation> adds = adds(250);
        Reconciliation look = doubt(adds);
        load(10);
        list.removeIf(element -> element.id() == ours.get(ours.size() - 700));
        assertThat(second(look).untouched()).hasSize(250);
        assertThat(requests).as("all was read").isGreaterThan(3);
    }

    @Test
    void element_that_we_deleted_proves_nothing() {
        List<Operation> adds = adds(1);
        Reconciliation look = doubt(adds);
        load(5);
        long ourOwn = ours.get(ours.size() - 300);
        made.intended(new Chunk(
                Action.DELETE,
                List.of(new Operation.Delete(Row.of(1, 2, List.of(), List.of()), 1, ourOwn)),
                Optional.empty()));
        assertThat(second(look).untouched()).hasSize(1);
        assertThat(requests).as("all was read").isGreaterThan(3);
    }

    @Test
    void several_adds_in_doubt_are_all_found() {
        List<Operation> one = adds(250);
        List<Operation> other = adds(250);
        Reconciliation first = doubt(one);
        Reconciliation second = lookUp(other);
        first(second);
        load(4);
        long place = lastId + 100;
        load(6);
        List<Long> oneLate = apply(one, place);
        List<Long> otherLate = apply(other, place + 300);
        assertThat(ids(second(first))).isEqualTo(oneLate);
        assertThat(ids(second(second))).isEqualTo(otherLate);
    }

    /** Whatever happens, but deletes, what came is found and nothing else. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void random_changes_of_the_list_lead_to_no_wrong_decision(boolean heeded) {
        rowsAreHeeded = heeded;
        for (int round = 0; round < 60; round++) {
            list.clear();
            ours.clear();
            now.set(BEFORE);
            List<Operation> adds = adds(1 + random.nextInt(250));
            Reconciliation look = doubt(adds);
            List<Long> places = new ArrayList<>();
            int chunks = random.nextInt(12);
            for (int i = 0; i <= chunks; i++) {
                places.add(lastId + 300);
                load(random.nextInt(2));
                for (int other = random.nextInt(3); other > 0; other--) {
                    apply(adds(1 + random.nextInt(120)), lastId + 600);
                }
            }
            int applied = random.nextInt(2) * random.nextInt(adds.size() + 1);
            List<Long> late = apply(adds.subList(0, applied), places.get(random.nextInt(places.size())));
            Answer answer = second(look);
            assertThat(ids(answer)).as("round %d", round).isEqualTo(late);
            assertThat(answer.untouched()).hasSize(adds.size() - applied);
        }
    }
}
