package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.catalogdrop.cli.CatalogDropMain;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.plan.PlanText;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load is taken back by the file it wrote, but for what someone edited since. */
class UndoTest {

    private static final String ADDS = """
            name,cf:4400049,cf:4400050,cf:4400062:enum,cf:4400080:city,cf:4400080:zip
            "Pen, ""best""\u00bb",00415,1.50,3692539|3692540,Rome,00100
            Ink,,,,,
            "Two
            lines",a|b\\|c,,,,
            """;

    @TempDir
    Path home;

    private Path undo(Loading loading, Summary summary) {
        return loading.outbox(summary).folder().resolve("undo.csv");
    }

    /** What the list holds, but for ids and times. */
    private static List<String> contents(Loading loading) {
        return loading.stored().stream()
                .map(element -> element.name() + " "
                        + new TreeSet<>(element.fields().stream()
                                .map(field -> field.id() + "=" + sorted(field))
                                .toList()))
                .sorted()
                .toList();
    }

    private static Map<Status, Long> counts(Summary summary) {
        return summary.byStatus().entrySet().stream()
                .filter(count -> count.getValue() > 0)
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static List<String> sorted(StoredElement.Field field) {
        return field.values().stream()
                .map(value -> value.text() + "/" + value.tag())
                .sorted()
                .toList();
    }

    @Test
    void what_was_added_is_taken_away() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("before.csv", "name\nStays\n");
            Summary summary = loading.load("adds.csv", ADDS);
            assertThat(summary.exitStatus()).isZero();

            Summary undone = loading.load(undo(loading, summary));

            assertThat(counts(undone)).isEqualTo(Map.of(Status.DELETED, 3L));
            assertThat(loading.names()).containsExactly("Stays");
            loading.assertNothingIsLeftOver();
        }
    }

    @Test
    void given_repeats_that_are_allowed_when_an_undo_is_dropped_twice_then_deleted_elements_come_back_once()
            throws Exception {
        try (Loading loading = Loading.start(home, "drop.repeat=allow", "drop.undo=full")) {
            Summary added = loading.load("adds.csv", "name\nAnt\nBee\n");
            List<Long> ids = List.copyOf(loading.outbox(added).mapping().values());
            Summary deleted =
                    loading.load("deletes.csv", "action,id\ndelete," + ids.get(0) + "\ndelete," + ids.get(1) + "\n");
            byte[] rows = Files.readAllBytes(undo(loading, deleted));
            assertThat(counts(loading.load("x.undo.csv", rows))).isEqualTo(Map.of(Status.CREATED, 2L));

            Summary second = loading.load("X.Undo.csv", rows);

            assertThat(second.refusal().orElseThrow().message()).contains("An undo is done once");
            assertThat(loading.names()).containsExactlyInAnyOrder("Ant", "Bee");
        }
    }

    @Test
    void given_results_of_another_account_when_undone_by_the_command_then_it_is_refused_and_nothing_is_sent()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path results =
                    loading.outbox(loading.load("adds.csv", "name\nAnt\n")).folder();
            int sent = loading.sandbox().log().size();
            StringWriter out = new StringWriter();
            Map<String, String> settings = Map.of(
                    "kommo.base-url",
                    "http://localhost:"
                            + URI.create(loading.sandbox().baseUrl()).getPort(),
                    "kommo.access-token",
                    Loading.TOKEN,
                    "drop.home",
                    home.resolve("other").toString());
            settings.forEach(System::setProperty);
            try {
                int status = CatalogDropMain.commandLine()
                        .setErr(new PrintWriter(out, true))
                        .execute("undo", results.toString());
                assertThat(status).as(out.toString()).isEqualTo(2);
            } finally {
                settings.keySet().forEach(System::clearProperty);
            }
            assertThat(out.toString()).contains("was loaded into the account 127.0.0.1", "Nothing was sent");
            assertThat(loading.sandbox().log()).hasSize(sent);
        }
    }

    @Test
    void what_someone_edited_since_is_left_and_told() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("adds.csv", ADDS + "Fourth,,,,,\nFifth,x,,,,\n");
            List<Long> ids = List.copyOf(loading.outbox(summary).mapping().values());
            // A name, a value more, a field that the load did not fill, a part of a field, a delete.
            loading.load(
                    "someone.csv",
                    "action,id,name,cf:4400050,cf:4400092,cf:4400080:state\n"
                            + "," + ids.get(0) + ",\"Pen, \"\"best\"\"\u00bb\",,,Lazio\n"
                            + "," + ids.get(1) + ",Ink,,http://a.b,\n"
                            + "," + ids.get(2) + ",\"Two\nLines\",,,\n"
                            + "delete," + ids.get(3) + ",,,,\n");

            Summary undone = loading.load(undo(loading, summary));

            assertThat(counts(undone)).isEqualTo(Map.of(Status.DELETED, 2L, Status.REJECTED, 3L));
            assertThat(loading.outbox(undone).lines())
                    .filteredOn(line -> line.get("outcome").equals("rejected"))
                    .allSatisfy(line -> assertThat(line.get("code")).isEqualTo("edited_since"))
                    .extracting(line -> line.get("column"))
                    .containsExactly("_was:cf:4400080", "_was:cf:replace", "_was:name");
            assertThat(loading.stored()).extracting(StoredElement::id).containsExactlyElementsOf(ids.subList(0, 3));
            // What was left is in the rejects; without the condition it goes.
            String rejects = Files.readString(loading.outbox(undone).rejects("csv"));
            Summary forced = loading.load("forced.csv", rejects.replace("_was:", "_cf:9"));
            assertThat(counts(forced)).isEqualTo(Map.of(Status.DELETED, 3L));
        }
    }

    /** A lost answer has an update sent again, after its element was read again, which then may have been changed already. */
    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void with_full_undo_updates_and_deletes_are_taken_back_too_and_so_is_the_undo(int lostAnswers) throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            Summary adds = loading.load("adds.csv", ADDS);
            List<Long> ids = List.copyOf(loading.outbox(adds).mapping().values());
            List<String> first = contents(loading);
            lose(loading, lostAnswers);
            Summary changes = loading.load(
                    "changes.csv",
                    "action,id,name,cf:4400049,cf:4400050,cf:4400062:enum,cf:4400080:city,cf:4400080:state,cf:replace\n"
                            + "," + ids.get(0) + ",Pencil,416,2,3692541,Milan,Lombardy,4400080\n"
                            + "delete," + ids.get(1) + ",,,,,,,\n"
                            + "," + ids.get(2) + ",Two,,7,3692541,Oslo,,4400049\n"
                            + "," + ids.get(2) + ",Two,b,8,,,,\n");
            assertThat(changes.exitStatus()).isZero();
            List<String> second = contents(loading);
            assertThat(second).hasSize(2).doesNotContainAnyElementsOf(first);

            lose(loading, lostAnswers);
            Summary undone = loading.load(undo(loading, changes));
            assertThat(counts(undone)).isEqualTo(Map.of(Status.UPDATED, 3L, Status.CREATED, 1L));
            assertThat(contents(loading)).isEqualTo(first);

            Summary redone = loading.load(undo(loading, undone));
            assertThat(counts(redone)).isEqualTo(Map.of(Status.UPDATED, 3L, Status.DELETED, 1L));
            assertThat(contents(loading)).isEqualTo(second);
        }
    }

    private static void lose(Loading loading, int answers) {
        for (int i = 0; i < answers; i++) {
            loading.sandbox().faults().next(Fault.named("drop_after").on(Fault.Target.POST));
        }
    }

    @Test
    void given_deleted_texts_that_look_like_those_of_a_spreadsheet_when_undone_then_they_come_back_as_they_were()
            throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            for (String text : List.of("=\"7\"", "4,00638E+12", "'00123", "4.006381333931E12", "usual")) {
                loading.sandbox()
                        .store()
                        .put(Loading.LIST, text, List.of(StoredElement.Field.of(4400049, text.replace('7', '8'))));
            }
            List<String> before = contents(loading);
            StringBuilder drop = new StringBuilder("action,id\n");
            loading.stored()
                    .forEach(element ->
                            drop.append("delete,").append(element.id()).append('\n'));
            Summary deleted = loading.load("deletes.csv", drop.toString());
            assertThat(contents(loading)).isEmpty();

            Summary undone = loading.load(undo(loading, deleted));

            assertThat(counts(undone)).isEqualTo(Map.of(Status.CREATED, 5L));
            assertThat(contents(loading)).isEqualTo(before);
        }
    }

    @Test
    void a_changed_element_that_someone_edited_since_is_left() throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            long id = loading.outbox(loading.load("a.csv", "name,cf:4400049\nOne,A\n"))
                    .mapping()
                    .get("1");
            Summary update = loading.load("b.csv", "id,name,cf:4400049\n" + id + ",Two,B\n");
            loading.load("c.csv", "id,name,cf:4400049\n" + id + ",Two,C\n");
            Summary undone = loading.load(undo(loading, update));
            assertThat(loading.outbox(undone).codes()).containsExactly("edited_since");
            assertThat(loading.outbox(undone).lines().get(0).get("message"))
                    .contains("is 'C', expected 'B'", "or a later load, changed it since");
            assertThat(contents(loading)).containsExactly("Two [4400049=[C/]]");
            assertThat(undo(loading, undone)).doesNotExist();
        }
    }

    @Test
    void an_element_that_has_its_former_values_already_is_unchanged() throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            long id = loading.outbox(loading.load("a.csv", "name,cf:4400049\nOne,A\n"))
                    .mapping()
                    .get("1");
            Summary update = loading.load("b.csv", "id,name,cf:4400049\n" + id + ",Two,B\n");
            loading.load("c.csv", "id,name,cf:4400049\n" + id + ",One,A\n");
            int posts = loading.posts().size();
            Summary undone = loading.load(undo(loading, update));
            assertThat(counts(undone)).isEqualTo(Map.of(Status.UNCHANGED, 1L));
            assertThat(loading.posts()).hasSize(posts);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adds", "off"})
    void updates_are_not_read_and_not_taken_back_unless_that_is_asked_for(String setting) throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=" + setting)) {
            Summary adds = loading.load("a.csv", "name\nOne\n");
            assertThat(Files.exists(undo(loading, adds))).isEqualTo(setting.equals("adds"));
            long id = loading.outbox(adds).mapping().get("1");
            Summary update = loading.load("b.csv", "id,name,cf:4400050\n" + id + ",Two,5\n");
            assertThat(undo(loading, update)).doesNotExist();
            assertThat(loading.reads()).isEmpty();
        }
    }

    @Test
    void given_the_default_when_an_element_was_read_for_another_reason_then_its_change_can_be_taken_back()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary adds =
                    loading.load("a.csv", "name,cf:4400049,cf:4400080:city,cf:4400080:zip\nOne,A,Rome,1\nTwo,B,,\n");
            List<Long> ids = List.copyOf(loading.outbox(adds).mapping().values());
            List<String> before = contents(loading);
            Summary changes = loading.load(
                    "b.csv",
                    "action,id,name,_was:name,cf:4400049,cf:4400080:city\n"
                            + "update," + ids.get(0) + ",One,,,Oslo\n"
                            + "delete," + ids.get(1) + ",,Two,,\n");
            assertThat(changes.exitStatus()).isZero();
            assertThat(changes.undo().words())
                    .isEqualTo(
                            "undo: 1 update can be taken back; 1 deleted element can be added again, with another id");

            Summary undone = loading.load(undo(loading, changes));

            assertThat(counts(undone)).isEqualTo(Map.of(Status.UPDATED, 1L, Status.CREATED, 1L));
            assertThat(contents(loading)).isEqualTo(before);
        }
    }

    @Test
    void given_updates_that_are_not_read_when_they_are_loaded_then_summary_and_plan_say_that_they_cannot_be_taken_back()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            long id = loading.outbox(loading.load("a.csv", "name\nOne\n"))
                    .mapping()
                    .get("1");
            Path file = Files.writeString(home.resolve("b.csv"), "id,name\n" + id + ",Two\n,New\n,Newer\n");
            String words = "undo: 2 new elements can be deleted; 1 update cannot be taken back;"
                    + " set drop.undo=full to keep the values before";

            Plan plan = loading.context().createProducerTemplate().requestBody("direct:catalog-plan", file, Plan.class);
            assertThat(plan.undo().words()).isEqualTo(words);
            assertThat(PlanText.of(plan, 7, Optional.empty(), PlanText.Hints.COMMANDS))
                    .contains(words);

            Summary summary = loading.load(file);
            assertThat(summary.undo().words()).isEqualTo(words);
            assertThat(org.catalogdrop.results.Summaries.read(
                                    loading.outbox(summary).folder())
                            .undo())
                    .isEqualTo(summary.undo());
        }
    }

    /** Wherever it dies and whatever the answers: the rows of the undo file are the same, and none is done twice or left out. */
    @ParameterizedTest
    @ValueSource(strings = "drop_prefix")
    void a_crash_changes_nothing(String fault) throws Exception {
        List<String> steps = List.of(
                "catalog-first-reads method:applyElements",
                "catalog-sending method:recordIntent",
                "catalog-drop.endpoint",
                "catalog-sending method:settleRows",
                "catalog-loads method:publishResults");
        try (Loading loading = Loading.start(home, "drop.undo=full", "kommo.chunk-size=2")) {
            Summary adds = loading.load("a.csv", "name,cf:4400080:city,cf:4400080:zip\n" + "One,Rome,1\n".repeat(5));
            List<String> before = contents(loading);
            StringBuilder changes = new StringBuilder("id,name,cf:4400080:city\n");
            loading.outbox(adds).mapping().values().forEach(id -> changes.append(id + ",Two,Oslo\n"));
            Summary changed = dying(loading, steps, fault, Files.writeString(home.resolve("b.csv"), changes));
            assertThat(counts(changed)).isEqualTo(Map.of(Status.UPDATED, 5L));
            assertThat(contents(loading)).containsOnly("Two [4400080=[1/5, Oslo/3]]");

            Summary undone = dying(loading, steps.subList(1, 4), fault, undo(loading, changed));
            assertThat(counts(undone)).isEqualTo(Map.of(Status.UPDATED, 5L));
            assertThat(contents(loading)).isEqualTo(before);

            Summary gone = dying(loading, steps.subList(1, 2), fault, undo(loading, adds));
            assertThat(counts(gone)).isEqualTo(Map.of(Status.DELETED, 5L));
            assertThat(contents(loading)).isEmpty();
        }
    }

    private Summary dying(Loading loading, List<String> steps, String fault, Path file) throws Exception {
        loading.drop().close();
        Settings settings = settings(loading);
        for (String step : steps) {
            loading.sandbox().faults().clear();
            loading.sandbox().faults().next(Fault.named(fault).on(Fault.Target.POST));
            StepLife.load(settings, file, (node, after) -> node.contains(step) && after);
        }
        loading.sandbox().faults().clear();
        StepLife.load(settings, file, (node, after) -> false);
        return last();
    }

    private Settings settings(Loading loading) {
        Map<String, String> settings =
                Loading.settings(home, loading.sandbox().baseUrl(), "drop.undo=full", "kommo.chunk-size=2");
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }

    private Summary last() throws IOException {
        try (var folders = Files.list(home.resolve("outbox"))) {
            Path newest = folders.filter(Files::isDirectory)
                    .max(java.util.Comparator.comparing(folder ->
                            org.catalogdrop.results.Summaries.read(folder).finished()))
                    .orElseThrow();
            return org.catalogdrop.results.Summaries.read(newest);
        }
    }
}
