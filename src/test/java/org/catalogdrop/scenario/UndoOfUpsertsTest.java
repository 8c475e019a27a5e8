package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catalogdrop.scenario.Night.SKU;
import static org.catalogdrop.scenario.Night.drop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Updates of upserts can be taken back under the default, where their elements were read with their list shortly before. */
class UndoOfUpsertsTest {

    private static final long PRICE = 4400051;
    private static final long OTHER = 4400050;
    private static final KeyLocation PLACE =
            new KeyLocation(Loading.LIST, Long.toString(SKU), "No", KeyLocation.Gone.ADD, Optional.empty());

    @TempDir
    Path home;

    @BeforeEach
    void mapping() throws IOException {
        Night.mapping(home, "");
    }

    private static void make(Loading loading, String key, String name) {
        loading.sandbox()
                .store()
                .put(
                        Loading.LIST,
                        name,
                        List.of(
                                StoredElement.Field.of(SKU, key),
                                StoredElement.Field.of(PRICE, "7.5"),
                                StoredElement.Field.of(OTHER, "9")));
    }

    private static List<String> contents(Loading loading) {
        return loading.stored().stream()
                .map(element -> element.name() + " "
                        + element.fields().stream()
                                .map(field -> field.id() + "="
                                        + field.values().stream()
                                                .map(value -> value.text())
                                                .toList())
                                .sorted()
                                .toList())
                .toList();
    }

    private static long gets(Loading loading) {
        return loading.sandbox().log().stream()
                .filter(request -> request.method().equals("GET"))
                .count();
    }

    private static Summary undo(Loading loading, Summary load) {
        return loading.load(loading.outbox(load).folder().resolve("undo.csv"));
    }

    @Test
    void given_a_first_upsert_that_reads_the_list_when_it_is_undone_then_the_values_before_are_there_again()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            make(loading, "A", "Ant");
            make(loading, "B", "Bee");
            IntStream.range(0, 60).forEach(i -> make(loading, "x" + i, "other " + i));
            List<String> before = contents(loading);
            Summary load = loading.load("night1.csv", drop("A;Wrong;1", "B;Wrong;", "C;Wrong;3"));
            assertThat(load.count(Status.UPDATED)).isEqualTo(2);
            assertThat(gets(loading)).as("the list alone, in two pages").isEqualTo(2);
            assertThat(load.undo().words())
                    .isEqualTo("undo: 1 new element can be deleted; 2 updates can be taken back");

            Summary undone = undo(loading, load);

            assertThat(undone.exitStatus()).isZero();
            assertThat(contents(loading)).isEqualTo(before);
        }
    }

    @Test
    void given_an_element_that_someone_edited_since_when_the_load_is_undone_then_it_is_left() throws Exception {
        try (Loading loading = Loading.start(home)) {
            make(loading, "A", "Ant");
            make(loading, "B", "Bee");
            Summary load = loading.load("night1.csv", drop("A;Wrong;1", "B;Wrong;2"));
            long id = loading.stored().get(0).id();
            loading.load("someone.csv", "id,name\n" + id + ",Mended\n");

            Summary undone = undo(loading, load);

            assertThat(loading.outbox(undone).codes()).containsExactly("", "edited_since");
            assertThat(loading.names()).containsExactly("Mended", "Bee");
        }
    }

    @Test
    void given_a_sync_when_two_drops_change_an_element_then_each_can_be_taken_back() throws Exception {
        try (Loading loading = Loading.start(home)) {
            make(loading, "A", "Ant");
            loading.drop().keyLooks().sync(PLACE);
            List<String> before = contents(loading);
            long gets = gets(loading);
            Path file = Files.writeString(home.resolve("night1.csv"), drop("A;Wrong;1"));
            Plan plan = loading.context().createProducerTemplate().requestBody("direct:catalog-plan", file, Plan.class);
            assertThat(plan.undo().words()).isEqualTo("undo: 1 update can be taken back");
            long read = gets(loading);

            Summary first = loading.load(file);
            Summary second = loading.load("night2.csv", drop("A;Worse;2"));

            assertThat(read).isGreaterThan(gets);
            assertThat(gets(loading)).as("each load reads the top of the list").isEqualTo(read + 2);
            assertThat(first.undo().words()).isEqualTo("undo: 1 update can be taken back");
            assertThat(second.undo().words()).isEqualTo("undo: 1 update can be taken back");
            loading.load("night3.csv", drop("A;Wrong;1,0"));
            assertThat(undo(loading, first).exitStatus()).isZero();
            assertThat(contents(loading)).isEqualTo(before);
        }
    }

    private static Plan plan(Loading loading, String rows) throws IOException {
        Path file = Files.writeString(loading.home().resolve("night2.csv"), rows);
        return loading.context().createProducerTemplate().requestBody("direct:catalog-plan", file, Plan.class);
    }

    @Test
    void
            given_elements_above_the_last_read_when_a_new_key_makes_the_load_read_the_list_then_the_plan_says_what_the_load_says()
                    throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2", "C;Cow;3"));
            String rows = drop("A;Ant;5", "B;Bee;6", "C;Cow;3", "D;Dog;4");

            Plan plan = plan(loading, rows);
            Summary load = loading.load("night2.csv", rows);

            assertThat(plan.undo().words())
                    .isEqualTo("undo: 1 new element can be deleted; 2 updates can be taken back")
                    .isEqualTo(load.undo().words());
        }
    }

    @Test
    void given_known_keys_alone_when_rows_change_then_the_plan_says_what_the_load_says() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            String rows = drop("A;Ant;5", "B;Bee;6");

            Plan plan = plan(loading, rows);
            Summary load = loading.load("night2.csv", rows);

            assertThat(plan.undo().words())
                    .isEqualTo("undo: 2 updates can be taken back")
                    .isEqualTo(load.undo().words());
        }
    }

    @Test
    void given_a_first_load_that_failed_before_it_read_the_list_then_the_plan_says_that_the_list_is_not_read()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().faults().next(Fault.named("401_before").on(Fault.Target.GET));
            assertThatThrownBy(() -> loading.load("night1.csv", drop("A;Ant;1")))
                    .isNotNull();

            assertThat(plan(loading, drop("A;Ant;1")).keysUnread()).isTrue();
        }
    }

    @Test
    void given_a_key_whose_element_was_deleted_since_the_sync_when_another_has_it_then_its_values_are_not_mixed_up()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            make(loading, "A", "Ant");
            loading.drop().keyLooks().sync(PLACE);
            Night.deleteByHand(loading, loading.stored().get(0).id());
            make(loading, "A", "Another ant");
            List<String> before = contents(loading);

            Summary load = loading.load("night1.csv", drop("A;Wrong;1"));

            assertThat(load.count(Status.UPDATED)).isEqualTo(1);
            if (load.undo().impossible().isEmpty()) {
                assertThat(undo(loading, load).exitStatus()).isZero();
                assertThat(contents(loading)).isEqualTo(before);
            }
        }
    }

    /** The row was sent in vain, and its element was edited before the load went on. */
    @Test
    void given_a_load_that_stops_and_an_element_edited_since_when_it_resumes_and_is_undone_then_the_edit_is_not_lost()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            make(loading, "A", "Ant");
            make(loading, "B", "Bee");
            Path file = Files.writeString(home.resolve("night1.csv"), drop("A;Wrong;1", "B;Wrong;2"));
            loading.sandbox().faults().next(Fault.named("401_before").on(Fault.Target.POST));
            assertThatThrownBy(() -> loading.load(file)).isNotNull();
            loading.load("someone.csv", "id,name\n" + loading.stored().get(0).id() + ",Mended\n");

            Summary load = loading.load(file);

            assertThat(load.count(Status.UPDATED)).isEqualTo(2);
            loading.load(loading.outbox(load).folder().resolve("undo.csv"));
            assertThat(loading.names()).doesNotContain("Ant");
        }
    }

    /** A row may have been applied before its element is read again: that is never what it was before. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "drop_after", "504_prefix"})
    void given_a_crash_at_each_step_then_the_values_before_are_the_same(String fault) throws Exception {
        List<String> steps = List.of(
                "catalog-keys method:takePage",
                "catalog-keys method:recordRead",
                "catalog-sending method:recordIntent",
                "catalog-drop.endpoint",
                "catalog-sending method:settleRows",
                "catalog-loads method:publishResults");
        try (Loading loading = Loading.start(home)) {
            IntStream.range(0, 9).forEach(i -> make(loading, "k" + i, "name " + i));
            List<String> before = contents(loading);
            Path file = Files.writeString(
                    home.resolve("night1.csv"),
                    drop(IntStream.range(0, 10)
                            .mapToObj(i -> "k" + i + ";Wrong;1")
                            .toArray(String[]::new)));
            loading.drop().close();
            Map<String, String> all = Loading.settings(home, loading.sandbox().baseUrl(), "kommo.chunk-size=2");
            Settings settings = SettingsReader.read(key -> Optional.ofNullable(all.get(key)), true);
            for (String step : steps) {
                loading.sandbox().faults().clear();
                if (!fault.equals("none")) {
                    loading.sandbox().faults().next(Fault.named(fault).on(Fault.Target.POST));
                }
                StepLife.load(settings, file, (node, after) -> node.contains(step) && after);
            }
            loading.sandbox().faults().clear();
            StepLife.load(settings, file, (node, after) -> false);
            Path results = results();
            assertThat(Summaries.read(results).count(Status.UPDATED)).isEqualTo(9);

            StepLife.load(settings, results.resolve("undo.csv"), (node, after) -> false);

            List<String> after = contents(loading);
            assertThat(after).hasSize(9).allSatisfy(one -> assertThat(before.contains(one) || one.startsWith("Wrong "))
                    .isTrue());
            assertThat(after.stream().filter(before::contains).count())
                    .isEqualTo(9L
                            - Summaries.read(results).undo().impossible().values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum())
                    .isGreaterThan(4);
        }
    }

    private Path results() throws IOException {
        try (var folders = Files.list(home.resolve("outbox"))) {
            return folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }
}
