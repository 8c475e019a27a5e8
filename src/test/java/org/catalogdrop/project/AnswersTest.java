package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.fault.Switch;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an answer looks like, every row ends right, no id is on a wrong row, nothing is in the list twice. */
class AnswersTest {

    /** The third row and the sixth are refused by the API: their price is no number. */
    private static final String ADDS = """
            name,cf:4400051
            one,1
            two,2
            three,x
            four,4
            five,5
            six,x
            seven,7
            one,1
            """;

    private static final Map<Long, String> NAMES =
            Map.of(1L, "one", 2L, "two", 3L, "three", 4L, "four", 5L, "five", 6L, "six", 7L, "seven", 8L, "one");

    private static final List<String> GOOD = List.of("one", "two", "four", "five", "seven", "one");

    @TempDir
    Path home;

    static Stream<Fault> faults() {
        Stream<Fault> named = Stream.of(
                        "shuffled",
                        "missing",
                        "skipped",
                        "doubled",
                        "unknown",
                        "truncated",
                        "html",
                        "empty",
                        "drop_before",
                        "drop_after",
                        "drop_prefix",
                        "500_after",
                        "502_before",
                        "503_after",
                        "504_prefix",
                        "429_before")
                .map(Fault::named);
        return Stream.concat(
                named,
                Stream.of(
                        Fault.named("missing").number(3),
                        Fault.named("doubled").number(4),
                        Fault.named("skipped").number(8),
                        Fault.named("504_after").body(Fault.Body.JSON),
                        Fault.named("503_prefix").body(Fault.Body.EMPTY)));
    }

    static List<Switch> choices() {
        return Stream.of(Switch.class.getPermittedSubclasses())
                .flatMap(type -> Stream.of((Switch[]) type.getEnumConstants()))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void adds_survive_a_fault(Fault fault) throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().faults().next(fault);
            checkAdds(loading);
        }
    }

    @ParameterizedTest
    @MethodSource("choices")
    void adds_work_with_every_variant_of_the_api(Switch choice) throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=5")) {
            loading.sandbox().turn(choice);
            checkAdds(loading);
        }
    }

    @ParameterizedTest
    @EnumSource
    void adds_work_with_every_shape_of_errors_if_items_are_missing(Switch.ErrorShape choice) throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().turn(choice);
            loading.sandbox().turn(Switch.ItemOrder.SHUFFLED);
            loading.sandbox().faults().next(Fault.named("missing").number(2));
            checkAdds(loading);
        }
    }

    private static void checkAdds(Loading loading) throws Exception {
        Summary summary = loading.load("adds.csv", ADDS);

        assertThat(loading.names()).containsExactlyInAnyOrderElementsOf(GOOD);
        assertThat(loading.outbox(summary).outcomes())
                .containsExactly(
                        "created", "created", "rejected", "created", "created", "rejected", "created", "created");
        // A bare text does not name the kind of fault.
        assertThat(loading.outbox(summary).codes().get(2)).isIn("bad_field_value", "api_refused");
        assertThat(loading.sandbox().faults().pending()).isZero();
        loading.holdLaws(summary, NAMES);
    }

    @ParameterizedTest
    @MethodSource("choices")
    void updates_and_deletes_work_with_every_variant_of_the_api(Switch choice) throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().turn(choice);
            checkChanges(loading);
        }
    }

    @ParameterizedTest
    @MethodSource("faults")
    void updates_and_deletes_survive_a_fault_on_each(Fault fault) throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().faults().next(fault, 2);
            checkChanges(loading);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drop_after", "504_prefix", "503_before", "empty"})
    void updates_and_deletes_survive_fault_after_fault(String fault) throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().faults().next(Fault.named(fault), 5);
            checkChanges(loading);
        }
    }

    /** Updates and deletes, one of each of an element that is not there. */
    private static void checkChanges(Loading loading) throws Exception {
        Map<Long, String> names = new HashMap<>();
        StringBuilder drop = new StringBuilder("action,id,name,request_id,cf:4400051\n");
        long before = java.time.Instant.now().getEpochSecond() - 100;
        for (int i = 1; i <= 4; i++) {
            long id = loading.sandbox().store().put(Loading.LIST, "old " + i, before, List.of());
            drop.append("update," + id + ",new " + i + "," + (100 + i) + "," + i + "\n");
            names.put((long) i, "new " + i);
        }
        drop.append("update,999999,none,105,1\n");
        for (int i = 1; i <= 3; i++) {
            drop.append("delete," + loading.sandbox().store().put(Loading.LIST, "gone " + i, List.of()) + ",,"
                    + (105 + i) + ",\n");
        }
        Summary summary = loading.load("changes.csv", drop.toString());

        assertThat(loading.outbox(summary).outcomes())
                .containsExactly(
                        "updated", "updated", "updated", "updated", "rejected", "deleted", "deleted", "deleted");
        assertThat(loading.outbox(summary).codes().get(4)).isIn("not_found", "api_refused");
        assertThat(loading.names()).containsExactly("new 1", "new 2", "new 3", "new 4");
        assertThat(loading.stored()).allSatisfy(element -> assertThat(element.fields())
                .containsExactly(StoredElement.Field.of(4400051, element.name().substring(4))));
        loading.holdLaws(summary, names);
    }

    @Test
    void partly_refused_delete_keeps_the_good_rows() throws Exception {
        try (Loading loading = Loading.start(home)) {
            long id = loading.sandbox().store().put(Loading.LIST, "here", List.of());
            Summary summary = loading.load("deletes.csv", "action,id\ndelete,999999\ndelete," + id + "\n");

            assertThat(loading.outbox(summary).outcomes()).containsExactly("rejected", "deleted");
            assertThat(loading.outbox(summary).mapping()).isEqualTo(Map.of("2", id));
        }
    }

    @Test
    void row_is_in_doubt_if_someone_else_adds_an_equal_element_meanwhile() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("first.csv", "name\nink\n");
            loading.sandbox().store().put(Loading.LIST, "pen", List.of());
            loading.sandbox().faults().next(Fault.named("504_after"));
            Summary summary = loading.load("twin.csv", "name\npen\n");

            assertThat(loading.outbox(summary).codes()).containsExactly("ambiguous");
            assertThat(summary.exitStatus()).isEqualTo(5);
            assertThat(loading.sandbox().store().created()).isEqualTo(3);
        }
    }

    @Test
    void late_application_is_waited_for() throws Exception {
        SandboxSettings api = Loading.sandboxSettings();
        try (Loading loading = Loading.start(home, api, "kommo.response-timeout=300ms", "kommo.doubt-wait=1500ms")) {
            loading.sandbox().faults().next(Fault.named("delay_apply").number(900));
            Summary summary = loading.load("late.csv", "name\nslow\nslower\n");

            assertThat(loading.outbox(summary).outcomes()).containsExactly("created", "created");
            assertThat(loading.names()).containsExactly("slow", "slower");
        }
    }
}
