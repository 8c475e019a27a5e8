package org.catalogdrop.resolve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.scenario.Night.SKU;
import static org.catalogdrop.scenario.Night.drop;
import static org.catalogdrop.scenario.Night.told;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.plan.PlanText;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.Night;
import org.catalogdrop.verify.Verification;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code missing: delete}: what a complete list does not have is deleted at its end, and nothing else ever. */
class MissingTest {

    private static final String HALF = "missing: delete\nmissing_at_most: 50 %\n";

    @TempDir
    Path home;

    private static List<String> posts(Loading loading) {
        return loading.posts().stream().map(LoggedRequest::action).toList();
    }

    private Map<String, Object> refused(Loading loading, Summary summary) {
        assertThat(summary.refusal().orElseThrow().code()).isEqualTo(Code.TOO_MANY_MISSING);
        return Map.of(
                "names",
                loading.names(),
                "message",
                summary.refusal().orElseThrow().message());
    }

    @Test
    void what_is_missing_from_the_drop_is_deleted_after_all_else() throws Exception {
        Night.mapping(home, HALF);
        try (Loading loading = Loading.start(home, "kommo.chunk-size=2")) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2", "C;Cat;3", "D;Dog;4"));
            assertThat(first.missing().known()).isZero();
            long bee = loading.outbox(first).mapping().get("2");
            int posts = loading.posts().size();
            Summary second = loading.load("night2.csv", drop("D;Dog;5", "E;Elk;5", "A;Ant;1"));
            assertThat(told(loading.outbox(second)))
                    .containsExactly(
                            "D update updated",
                            "E add created",
                            "A update unchanged",
                            "B delete deleted",
                            "C delete deleted");
            assertThat(loading.names()).containsExactlyInAnyOrder("Ant", "Dog", "Elk");
            Map<String, String> line = loading.outbox(second).lines().get(3);
            assertThat(line)
                    .containsEntry("row", "4")
                    .containsEntry("line", "0")
                    .containsEntry("request_id", "")
                    .containsEntry("id", Long.toString(bee));
            assertThat(loading.outbox(second).mapping()).containsOnlyKeys("1", "2", "3");
            assertThat(posts(loading).subList(posts, posts + 3))
                    .containsExactlyInAnyOrder("update", "add", "delete")
                    .last()
                    .isEqualTo("delete");
            assertThat(second.missing().known()).isEqualTo(4);
            assertThat(second.missing().elements()).isEqualTo(2);
            assertThat(second.rows()).isEqualTo(5);
            loading.holdLaws(second, Map.of(1L, "Dog", 2L, "Elk"));
            // Forgotten: neither missing once more, nor known when it comes back.
            Summary third = loading.load("night3.csv", drop("D;Dog;5", "E;Elk;5", "A;Ant;1", "B;Bee;2"));
            assertThat(told(loading.outbox(third)))
                    .containsExactly("D update unchanged", "E update unchanged", "A update unchanged", "B add created");
        }
    }

    @Test
    void without_it_they_are_kept() throws Exception {
        Night.mapping(home, "missing: keep\n");
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            Summary second = loading.load("night2.csv", drop("A;Ant;1"));
            assertThat(second.rows()).isEqualTo(1);
            assertThat(loading.names()).containsExactly("Ant", "Bee");
        }
    }

    @Test
    void a_short_file_is_refused_before_its_first_request_until_more_is_allowed() throws Exception {
        Night.mapping(home, "missing: delete\n");
        String[] rows =
                IntStream.range(0, 20).mapToObj(i -> "K" + i + ";N" + i + ";1").toArray(String[]::new);
        String[] few =
                IntStream.range(0, 17).mapToObj(i -> "K" + i + ";M" + i + ";1").toArray(String[]::new);
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop(rows));
            int requests = loading.sandbox().log().size();
            Summary second = loading.load("night2.csv", drop(few));
            assertThat(refused(loading, second).get("message"))
                    .asString()
                    .contains(
                            "3 of 20 elements",
                            "missing_at_most allows 10 %",
                            "truncated",
                            "mapping file to 3",
                            "missing: keep");
            assertThat(loading.sandbox().log()).hasSize(requests);
            Night.mapping(home, "missing: delete\nmissing_at_most: 3\n");
            Summary third = loading.load("night2.csv", drop(few));
            assertThat(third.count(Status.DELETED)).isEqualTo(3);
            assertThat(third.count(Status.UPDATED)).isEqualTo(17);
            assertThat(loading.names()).hasSize(17);
        }
    }

    @Test
    void just_so_many_as_allowed_go() throws Exception {
        Night.mapping(home, "missing: delete\n");
        String[] rows =
                IntStream.range(0, 20).mapToObj(i -> "K" + i + ";N" + i + ";1").toArray(String[]::new);
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop(rows));
            Summary second = loading.load("night2.csv", drop(java.util.Arrays.copyOf(rows, 18)));
            assertThat(second.count(Status.DELETED)).isEqualTo(2);
            assertThat(second.count(Status.UNCHANGED)).isEqualTo(18);
        }
    }

    @Test
    void a_rejected_row_is_not_missing_and_one_without_a_key_keeps_all() throws Exception {
        Night.mapping(home, HALF);
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2", "C;Cat;3", "D;Dog;4"));
            Summary bad = loading.load("night2.csv", drop("A;Ant;1", "B;Bee;x", "C;Cat;3", "C;Cat;3"));
            assertThat(told(loading.outbox(bad))).contains("D delete deleted").noneMatch(line -> line.contains("B d"));
            assertThat(loading.outbox(bad).codes()).contains("bad_number", "double_key");
            assertThat(loading.names()).containsExactly("Ant", "Bee", "Cat");
            Summary ragged = loading.load("night3.csv", drop("A;Ant;1", "C"));
            assertThat(ragged.count(Status.DELETED)).isZero();
            assertThat(ragged.missing().kept()).contains("1 rejected row has no known key");
            assertThat(home.resolve("outbox").resolve(ragged.folder()).resolve("summary.json"))
                    .content()
                    .contains("\"kept\": \"1 rejected row has", "not certain");
            Summary keyless = loading.load("night4.csv", drop("A;Ant;1", ";Cat;1"));
            assertThat(keyless.count(Status.DELETED)).isZero();
            assertThat(loading.names()).containsExactly("Ant", "Bee", "Cat");
        }
    }

    @Test
    void fixed_rejects_are_no_complete_list() throws Exception {
        Night.mapping(home, "missing: delete\nmissing_at_most: 100 %\n");
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;x"));
            String rejects = Files.readString(
                    home.resolve("outbox").resolve(first.folder()).resolve("rejects.csv"));
            for (String name : List.of("rejects.csv", "night-mended.csv")) {
                Summary mended = loading.load(name, rejects.replace("Bee;x", "Bee;" + name.length()));
                assertThat(mended.missing().kept()).contains("not a complete list");
                assertThat(loading.names()).containsExactly("Ant", "Bee");
            }
        }
    }

    @Test
    void what_others_made_or_gave_another_key_is_left() throws Exception {
        Night.mapping(home, "missing: delete\nmissing_at_most: 100 %\n");
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().store().put(4220, "Hand", List.of(StoredElement.Field.of(SKU, "H")));
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2", "C;Cat;3"));
            Map<String, Long> ids = loading.outbox(first).mapping();
            Night.deleteByHand(loading, ids.get("2"));
            loading.load("other.csv", "id,name,cf:4400049\n" + ids.get("3") + ",Cat,C2\n");
            Summary second = loading.load("night2.csv", drop("A;Ant;1"));
            assertThat(told(loading.outbox(second)))
                    .containsExactly("A update unchanged", "B delete deleted", "C delete unchanged");
            assertThat(second.exitStatus()).isZero();
            assertThat(loading.names()).containsExactlyInAnyOrder("Hand", "Ant", "Cat");
            Summary third = loading.load("night3.csv", drop("A;Ape;1"));
            assertThat(third.rows()).isEqualTo(1);
        }
    }

    @Test
    void a_lost_answer_is_looked_up_and_a_refused_delete_is_tried_again_by_the_next_list() throws Exception {
        Night.mapping(home, HALF);
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2", "C;Cat;3", "D;Dog;4"));
            loading.sandbox().faults().next(Fault.named("drop_after"));
            Summary second = loading.load("night2.csv", drop("A;Ant;1", "B;Bee;2", "C;Cat;3"));
            assertThat(told(loading.outbox(second))).contains("D delete deleted");
            loading.sandbox().faults().next(Fault.named("422"));
            loading.sandbox().faults().next(Fault.named("422"));
            Summary third = loading.load("night3.csv", drop("A;Ant;1", "B;Bee;2"));
            assertThat(third.count(Status.REJECTED)).isEqualTo(1);
            assertThat(home.resolve("outbox").resolve(third.folder()).resolve("rejects.csv"))
                    .doesNotExist();
            assertThat(loading.names()).contains("Cat");
            Summary fourth = loading.load("night4.csv", drop("B;Bee;2", "A;Ant;1"));
            assertThat(fourth.count(Status.DELETED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("Ant", "Bee");
        }
    }

    @Test
    void undo_brings_back_what_was_deleted() throws Exception {
        Night.mapping(home, HALF);
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2"));
            Summary second = loading.load("night2.csv", drop("A;Ant;1"));
            assertThat(loading.names()).containsExactly("Ant");
            Path undo = home.resolve("outbox").resolve(second.folder()).resolve("undo.csv");
            Summary back = loading.load("night2.undo.csv", Files.readString(undo));
            assertThat(back.count(Status.CREATED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("Ant", "Bee");
            assertThat(back.exitStatus()).isZero();
        }
    }

    @Test
    void the_results_are_sound_and_the_plan_predicted_them() throws Exception {
        Night.mapping(home, HALF);
        Path file = home.resolve("night2.csv");
        Path folder;
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2", "C;Cat;3"));
            Files.writeString(file, drop("A;Ape;1", "D;Dog;4", "C;Cat;3", "D;Dog;5"));
            List<String> plan = plan(loading, file);
            assertThat(plan)
                    .anyMatch(line -> line.matches(" +delete +1"))
                    .anyMatch(line -> line.matches(" +reject +1"))
                    .anyMatch(line -> line.contains("'D' is already in row 2"))
                    .anyMatch(line -> line.contains("1 of 3 elements"))
                    .anyMatch(line -> line.contains("row 5 B \"Bee\" is deleted"));
            Summary second = loading.load(file);
            folder = home.resolve("outbox").resolve(second.folder());
            assertThat(second.count(Status.DELETED)).isEqualTo(1);
        }
        Settings settings = SettingsReader.read(
                key -> java.util.Optional.ofNullable(
                        Loading.settings(home, "http://127.0.0.1:1").get(key)),
                true);
        var summary = org.catalogdrop.results.Summaries.read(folder);
        var meaning = MappingResolver.ofResults(
                settings.folders().journal(), summary, settings.api().catalogId());
        Verification verification =
                new Verification(summary, meaning, java.util.Optional.empty(), java.util.Optional.empty());
        var drops = new org.catalogdrop.input.DropInspector(
                settings.drops().limits(),
                meaning.columns(),
                FormatCodec.expected(settings.drops().expected(), meaning.csv(), meaning.table()));
        verification.compare(
                folder, drops.identify(file, summary.drop()), settings.drops().limits());
        assertThat(verification.faults()).isEmpty();
    }

    @Test
    void the_plan_of_a_short_file_says_that_it_would_be_refused() throws Exception {
        Night.mapping(home, "missing: delete\non_reject: stop-before-sending\n");
        Path file = home.resolve("night2.csv");
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2", "C;Cat;3"));
            Files.writeString(file, drop("A;Ape;1", "A;Ape;2"));
            assertThat(plan(loading, file))
                    .anyMatch(line -> line.contains("would refuse") && line.contains("2 of 3 elements"))
                    .anyMatch(
                            line -> line.contains("1 of 2 rows") && line.contains("on_reject in night.yaml allows 0"));
        }
    }

    private static List<String> plan(Loading loading, Path file) {
        var plan = loading.context()
                .createProducerTemplate()
                .requestBody("direct:catalog-plan", file, org.catalogdrop.model.Plan.class);
        return PlanText.of(plan, 0, java.util.Optional.empty(), PlanText.Hints.COMMANDS);
    }

    @Test
    void many_are_deleted_in_order_with_little_in_memory_at_a_time() throws IOException, Exception {
        Night.mapping(home, "missing: delete\nmissing_at_most: 100%\n");
        String[] rows = IntStream.range(0, 1200)
                .mapToObj(i -> "K" + i + ";N" + i + ";1")
                .toArray(String[]::new);
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop(rows));
            Summary second = loading.load("night2.csv", drop("K5;N5;1"));
            assertThat(second.count(Status.DELETED)).isEqualTo(1199);
            assertThat(loading.names()).containsExactly("N5");
            loading.holdLaws(second, Map.of());
        }
    }
}
