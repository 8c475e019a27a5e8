package org.catalogdrop.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.camel.CamelExecutionException;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.Night;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan says what the load then does, and writes nothing. */
class PlanTest {

    @TempDir
    Path home;

    private Plan plan(Loading loading, String name, String text, Map<String, Object> headers) throws Exception {
        Path file = Files.createDirectories(home.resolve("given")).resolve(name);
        Files.writeString(file, text);
        return loading.context()
                .createProducerTemplate()
                .requestBodyAndHeaders("direct:catalog-plan", file, headers, Plan.class);
    }

    private static List<String> lines(Plan plan) {
        return plan.firstChanges().stream()
                .map(c -> c.row() + " " + c.action().word() + " " + c.field() + ": " + c.before() + " > " + c.after())
                .toList();
    }

    @Test
    void plan_has_rows_rejects_changes_and_requests_and_sends_no_write() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("first.csv", "name,cf:4400049\nOne,A\nTwo,B\nThree,C\n");
            List<Long> ids = loading.stored().stream().map(e -> e.id()).toList();
            int posts = loading.posts().size();
            String drop = "action,id,name,cf:4400049,colour\n"
                    + "update," + ids.get(0) + ",One,A2,red\n"
                    + "update," + ids.get(1) + ",Two,B,red\n"
                    + "delete," + ids.get(2) + ",,,\n"
                    + ",,,Z,\n"
                    + "update,999999,Gone,x,\n"
                    + ",,New,N,\n";
            Plan plan = plan(loading, "next.csv", drop, Map.of());

            assertThat(plan.rows()).isEqualTo(6);
            assertThat(plan.byAction()).isEqualTo(Map.of(Action.ADD, 1L, Action.UPDATE, 3L, Action.DELETE, 1L));
            assertThat(plan.rejects()).isEqualTo(1);
            assertThat(plan.firstRejects().get(0).row().line()).isEqualTo(5);
            assertThat(plan.unchanged()).isEqualTo(1);
            assertThat(plan.missing()).isEqualTo(1);
            assertThat(plan.unknownColumns()).containsExactly("colour");
            assertThat(lines(plan))
                    .containsExactlyInAnyOrder(
                            "1 update cf:4400049: A > A2",
                            "3 delete : Three > ",
                            "6 add name:  > New",
                            "6 add cf:4400049:  > N");
            assertThat(loading.posts()).hasSize(posts);
            assertThat(loading.load("next.csv", drop).requests()).isEqualTo(plan.requests());
        }
    }

    @Test
    void the_least_time_is_that_of_the_requests_at_the_set_rate() throws Exception {
        String rows = IntStream.range(0, 95).mapToObj(i -> "n" + i + "\n").collect(Collectors.joining());
        try (Loading loading = Loading.start(home, "kommo.chunk-size=10", "kommo.requests-per-second=3")) {
            Plan plan = plan(loading, "many.csv", "name\n" + rows, Map.of());
            assertThat(plan.requests()).isEqualTo(10);
            assertThat(plan.leastTime()).isEqualTo(Duration.ofSeconds(3));
        }
    }

    @Test
    void it_needs_as_many_requests_as_the_load_however_the_rows_alternate() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=3", "kommo.in-flight=1")) {
            Summary first = loading.load(
                    "first.csv",
                    "name\n"
                            + IntStream.range(0, 9)
                                    .mapToObj(i -> "n" + i + "\n")
                                    .collect(Collectors.joining()));
            assertThat(first.rows()).isEqualTo(9);
            List<Long> ids = loading.stored().stream().map(e -> e.id()).toList();
            StringBuilder drop = new StringBuilder("id,name\n");
            for (int i = 0; i < 40; i++) {
                drop.append(i % 3 == 0 ? "" : ids.get(i * 7 % 9))
                        .append(",row ")
                        .append(i)
                        .append('\n');
            }
            Plan plan = plan(loading, "mixed.csv", drop.toString(), Map.of());
            assertThat(loading.load("mixed.csv", drop.toString()).requests()).isEqualTo(plan.requests());
        }
    }

    @Test
    void a_folder_gets_every_change_and_the_rejects_as_a_drop() throws Exception {
        try (Loading loading = Loading.start(home)) {
            String drop = "name,cf:4400049\n" + "a,1\n".repeat(30) + ",2\n";
            Plan plan = plan(
                    loading, "p.csv", drop, Map.of("CatalogPlanFolder", home.resolve("plan"), "CatalogPlanSample", 3));
            assertThat(plan.firstChanges())
                    .as("three rows, each with all its changes")
                    .extracting(Change::row)
                    .containsExactly(1L, 1L, 2L, 2L, 3L, 3L);
            assertThat(Files.readAllLines(home.resolve("plan/changes.csv")))
                    .hasSize(61)
                    .startsWith(
                            "row,line,action,id,field,before,after,key,name,field_name,undo",
                            "1,2,add,,name,,a,,a,name,yes",
                            "1,2,add,,cf:4400049,,1,,a,Vendor code,yes");
            assertThat(Files.readString(home.resolve("plan/rejects.csv"))).contains("name_missing");
            assertThat(Files.readString(home.resolve("plan/plan.json"))).contains("\"rejects\": 1", plan.digest());
            String mended = Files.readString(home.resolve("plan/rejects.csv")).replace("\n,2", "\nnamed,2");
            assertThat(plan(loading, "mended.csv", mended, Map.of()).rejects()).isZero();
        }
    }

    @Test
    void only_the_first_elements_are_read_back_unless_all_are_wanted() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("first.csv", "name\n" + "x\n".repeat(100));
            String updates = loading.stored().stream()
                    .map(e -> e.id() + ",y\n")
                    .collect(Collectors.joining("", "id,name\n", ""));
            long before = gets(loading);
            Plan some = plan(loading, "u.csv", updates, Map.of("CatalogPlanSample", 5));
            assertThat(some.firstChanges()).hasSize(5).allMatch(c -> c.before().equals("x"));
            assertThat(gets(loading) - before).isEqualTo(1);
            plan(loading, "u.csv", updates, Map.of("CatalogPlanFolder", home.resolve("all")));
            assertThat(Files.readAllLines(home.resolve("all/changes.csv"))).hasSize(101);
        }
    }

    private static long gets(Loading loading) {
        return loading.sandbox().log().stream()
                .filter(r -> r.method().equals("GET"))
                .count();
    }

    @Test
    void values_that_an_update_would_wipe_are_a_change() throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("first.csv", "name,cf:4400049\nOne,A|B\n");
            long id = loading.stored().get(0).id();
            Plan plan = plan(loading, "next.csv", "id,name,cf:4400049\n" + id + ",One,A\n", Map.of());
            assertThat(plan.firstChanges())
                    .extracting(Change::before, Change::after)
                    .hasSize(1);
        }
    }

    @Test
    void given_names_in_the_account_then_changes_are_reported_by_key_name_field_name_and_option_label()
            throws Exception {
        Night.mapping(home, "");
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", Night.drop("A-10143;Schraube M4;7758,62", "B;Bee;2"));
            Plan plan = plan(
                    loading,
                    "night2.csv",
                    Night.drop("C;New: one;", "B;Bee;2", "A-10143;Schraube M4;1999,99"),
                    Map.of());
            assertThat(PlanText.of(plan, 0, Optional.empty(), PlanText.Hints.COMMANDS))
                    .contains(
                            "  row 1 C \"New: one\" is added: Vendor code C",
                            "  row 3 A-10143 \"Schraube M4\": Price 7758.62 → 1999.99");

            long id = loading.stored().get(1).id();
            Plan options = plan(
                    loading,
                    "options.csv",
                    "action,id,name,cf:4400070:enum,cf:4400050\nupdate," + id + ",Beetle,3692602,\ndelete," + id
                            + ",,,\n,,New,,7\n",
                    Map.of("CatalogPlanFolder", home.resolve("plan")));
            assertThat(PlanText.of(options, 0, Optional.empty(), PlanText.Hints.COMMANDS))
                    .contains(
                            "  row 1 element " + id + " \"Bee\": name Bee → Beetle; Colour \"\" → Green (3692602)",
                            "  row 2 element " + id + " \"Bee\" is deleted",
                            "  row 3 \"New\" is added: Amount 7");
            assertThat(Files.readString(home.resolve("plan/changes.csv")))
                    .contains("1,2,update," + id + ",cf:4400070,,Green (3692602),,Bee,Colour,no\n")
                    .contains("2,3,delete," + id + ",,Bee,,,Bee,,no\n");
            assertThat(Files.readString(home.resolve("plan/plan.txt"))).contains("is added: Amount 7", "undo: ");
        }
    }

    @Tag("slow")
    @Test
    void given_an_account_that_does_not_tell_its_fields_then_the_plan_shows_ids() throws Exception {
        try (Loading loading = Loading.start(home)) {
            for (int i = 0; i < 10; i++) {
                loading.sandbox().faults().next(Fault.named("404").on(Fault.Target.GET));
            }
            Plan plan = plan(loading, "new.csv", "name,cf:4400050\nNew,7\n", Map.of());
            assertThat(PlanText.of(plan, 0, Optional.empty(), PlanText.Hints.COMMANDS))
                    .contains("  row 1 \"New\" is added: cf:4400050 7");
        }
    }

    @Test
    void a_drop_that_would_be_refused_is_refused_by_the_plan_too() throws Exception {
        try (Loading loading = Loading.start(home)) {
            assertThatThrownBy(() ->
                            plan(loading, "b.csv", "name\n\"open", Map.of("CatalogPlanFolder", home.resolve("b"))))
                    .isInstanceOf(CamelExecutionException.class)
                    .hasRootCauseInstanceOf(java.io.IOException.class)
                    .satisfies(fault -> assertThat(
                                    org.apache.camel.util.ObjectHelper.getException(DropRefused.class, fault))
                            .isNotNull());
            assertThat(home.resolve("b")).doesNotExist();
            assertThat(home.resolve(".b.part")).doesNotExist();
        }
    }

    @Test
    void rows_whose_element_is_gone_are_rejected_as_the_load_does() throws Exception {
        try (Loading loading = Loading.start(home)) {
            String drop = "action,id,name\ndelete,999999,\nupdate,999998,x\n";
            Plan plan = plan(loading, "gone.csv", drop, Map.of());
            assertThat(plan.missing()).isEqualTo(2);
            assertThat(PlanText.of(plan, 0, Optional.empty(), PlanText.Hints.COMMANDS))
                    .anyMatch(line -> line.contains("their updates and deletes would be rejected: not_found"));
            Summary summary = loading.load("gone.csv", drop);
            assertThat(loading.outbox(summary).codes()).containsExactly("not_found", "not_found");
            assertThat(plan.exitStatus()).isEqualTo(summary.exitStatus()).isEqualTo(3);
        }
    }

    @Test
    void upserts_whose_element_is_gone_are_added_again_or_rejected_as_the_mapping_says() throws Exception {
        Night.mapping(home, "");
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", Night.drop("A;Ant;1"));
            Night.deleteByHand(loading, loading.outbox(first).mapping().get("1"));
            Plan plan = plan(loading, "night2.csv", Night.drop("A;Ant;7"), Map.of());
            assertThat(plan.exitStatus()).isZero();
            assertThat(PlanText.of(plan, 0, Optional.empty(), PlanText.Hints.COMMANDS))
                    .anyMatch(line -> line.endsWith("exist: 1 of those read (their rows would be added again)"));
            Night.mapping(home, "gone: reject\n");
            assertThat(plan(loading, "night2.csv", Night.drop("A;Ant;7"), Map.of())
                            .exitStatus())
                    .isEqualTo(3);
        }
    }

    @Test
    void given_upserts_of_a_list_never_read_when_planned_then_the_plan_says_so_until_it_is_read() throws Exception {
        Night.mapping(home, "");
        try (Loading loading = Loading.start(home)) {
            Plan unread = plan(loading, "night1.csv", Night.drop("A;Ant;1"), Map.of());
            assertThat(unread.keysUnread()).isTrue();
            assertThat(PlanText.of(unread, 0, Optional.empty(), PlanText.Hints.COMMANDS))
                    .anyMatch(line -> line.contains("keys sync"));

            loading.load("night1.csv", Night.drop("A;Ant;1"));
            Plan read = plan(loading, "night2.csv", Night.drop("A;Ant;2"), Map.of());
            assertThat(read.keysUnread()).isFalse();
            assertThat(read.byAction()).containsExactly(Map.entry(Action.UPDATE, 1L));
        }
    }

    @Test
    void an_element_missing_in_a_complete_list_may_be_gone_already() throws Exception {
        Night.mapping(home, "missing: delete\nmissing_at_most: 9\n");
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", Night.drop("A;Ant;1", "B;Bee;2"));
            Night.deleteByHand(loading, loading.outbox(first).mapping().get("2"));
            Plan plan = plan(loading, "night2.csv", Night.drop("A;Ant;7"), Map.of());
            assertThat(plan.byAction()).containsEntry(Action.DELETE, 1L);
            assertThat(plan.exitStatus())
                    .isEqualTo(loading.load("night2.csv", Night.drop("A;Ant;7")).exitStatus())
                    .isZero();
            assertThat(PlanText.of(plan, 0, Optional.empty(), PlanText.Hints.COMMANDS)
                            .get(0))
                    .startsWith("night2.csv: 1 row, ");
        }
    }

    @Test
    void bytes_that_were_loaded_before_are_reported() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("same.csv", "name\nx\n");
            assertThat(plan(loading, "same.csv", "name\nx\n", Map.of()).loadedBefore())
                    .contains(summary.folder());
        }
    }
}
