package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status} tells how each drop stands, whatever became of it. */
class StatusCommandTest {

    @TempDir
    Path home;

    private Path refused;

    @BeforeEach
    void settings() {
        System.setProperty("drop.home", home.toString());
        refused = home.resolve("refused");
    }

    @AfterEach
    void forget() {
        System.clearProperty("drop.home");
    }

    private List<String> status() {
        StringWriter out = new StringWriter();
        int ended = CatalogDropMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("status");
        assertThat(ended).as(out.toString()).isZero();
        return out.toString().lines().toList();
    }

    private void drop(String name, String text) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("inbox")).resolve(name), text);
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
        }
    }

    @Test
    void given_a_read_that_the_api_refused_when_asked_then_the_cause_is_named_until_the_load_has_ended()
            throws Exception {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Path file = Files.writeString(inbox.resolve("first.csv"), "action,id,_was:name\ndelete,7,Seven\n");
        try (Loading loading = Loading.watch(home, "kommo.catalog-id=")) {
            loading.drop().runs().awaitIdle();
        }

        assertThat(status())
                .anyMatch(line -> line.matches(".*Its last load stopped on .* \\(read_refused\\): .*HTTP 400.*"));

        assertThat(file).exists();
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
        }
        assertThat(status()).noneMatch(line -> line.contains("Its last load stopped"));
    }

    @Test
    void what_was_refused_when_it_was_opened_is_reported_newest_first() throws Exception {
        drop("first.csv", "");
        drop("second.csv", "name,name\n");
        drop("second.csv", "");
        Files.setLastModifiedTime(refused.resolve("first.csv.reason.txt"), FileTime.fromMillis(0));

        List<String> lines = status();
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).startsWith("Refused drops, newest first");
        assertThat(lines.subList(1, 7))
                .filteredOn(line -> line.startsWith("  "))
                .containsExactlyInAnyOrder(
                        "  " + refused.resolve("second.csv"),
                        "  " + refused.resolve("second-2.csv"),
                        "  " + refused.resolve("first.csv"))
                .endsWith("  " + refused.resolve("first.csv"));
        assertThat(lines)
                .anyMatch(line ->
                        line.startsWith("second.csv (refused ") && line.contains("): double_header: The header"));
        assertThat(lines.get(5))
                .matches("first\\.csv \\(refused 1970-01-01T00:00:00Z\\): empty_drop: The file is empty.*");
    }

    @Test
    void a_refused_drop_that_was_taken_away_is_reported_as_that() throws Exception {
        drop("first.csv", "");
        Files.delete(refused.resolve("first.csv"));
        Files.writeString(refused.resolve("other.reason.txt"), "of somebody else");

        assertThat(status()).hasSize(3).last().asString().endsWith("first.csv (no longer exists)");
    }

    @Test
    void only_the_newest_of_many_are_reported() throws Exception {
        drop("first.csv", "");
        String reason = Files.readString(refused.resolve("first.csv.reason.txt"));
        for (int i = 0; i < 30; i++) {
            Files.writeString(refused.resolve(i + ".csv.reason.txt"), reason);
        }
        assertThat(status()).hasSize(42).last().isEqualTo("11 more in " + refused);
    }

    @Test
    void without_any_drop() {
        assertThat(status())
                .satisfiesExactly(
                        known -> assertThat(known).contains("No drop is known", "state"),
                        inbox -> assertThat(inbox).contains("inbox does not exist", "drop.inbox"));
    }

    @Test
    void given_a_file_in_place_of_the_inbox_then_status_says_so() throws Exception {
        Files.writeString(home.resolve("inbox"), "");

        assertThat(status()).last().asString().contains(home.resolve("inbox") + " is not a folder", "drop.inbox");
    }

    @Test
    void given_a_load_under_way_then_status_shows_how_far_it_is_and_who_loads() throws Exception {
        String rows = "name\n" + "row\n".repeat(60);
        String pid = Long.toString(ProcessHandle.current().pid());
        try (Loading loading = Loading.start(home, "kommo.chunk-size=1", "kommo.in-flight=1")) {
            loading.sandbox().faults().next(Fault.named("delay").number(100), 60);
            CompletableFuture<Summary> load = CompletableFuture.supplyAsync(() -> loading.load("shop.csv", rows));
            JsonNode told = json();
            while (told.at("/loading/seconds_left").isMissingNode()
                    || told.at("/loading/seconds_left").isNull()) {
                assertThat(load).isNotDone();
                told = json();
            }
            assertThat(told.at("/owner/process").asText()).isEqualTo(pid);
            assertThat(told.at("/owner/host").asText()).isNotEmpty();
            assertThat(told.at("/loading/drop").asText()).isEqualTo("shop.csv");
            assertThat(told.at("/loading/rows").asInt()).isEqualTo(60);
            assertThat(told.at("/loading/rows_done").asInt()).isBetween(1, 60);
            assertThat(told.at("/drops/0/loading").asBoolean()).isTrue();
            assertThat(status())
                    .anyMatch(line ->
                            line.matches("Loading shop\\.csv \\(.*of 60 rows, [\\d.]+ rows/s, .* left; by process "
                                    + pid + " on host .* since .*"))
                    .contains("  It is being loaded now.")
                    .noneMatch(line -> line.contains("killed"));
            loading.context().stop();
            assertThat(load).failsWithin(Duration.ofSeconds(20));
            assertThat(home.resolve("state/progress.json")).doesNotExist();
        }
        assertThat(status()).last().asString().contains("No process is loading it", "stopped or killed");
    }

    private JsonNode json() throws Exception {
        StringWriter out = new StringWriter();
        assertThat(CatalogDropMain.commandLine()
                        .setOut(new PrintWriter(out, true))
                        .execute("status", "--json"))
                .isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void given_drops_of_every_kind_then_json_has_the_same_facts() throws Exception {
        drop("good.csv", "name\na\n");
        drop("bad.csv", "");

        JsonNode told = json();

        assertThat(told.at("/owner").isNull()).isTrue();
        assertThat(told.at("/loading").isNull()).isTrue();
        assertThat(told.at("/inbox/fault").isNull()).isTrue();
        assertThat(told.at("/drops/0/state").asText()).isEqualTo("done");
        assertThat(told.at("/drops/0/account").asText()).isEqualTo("127.0.0.1");
        assertThat(told.at("/drops/0/catalog_id").asLong()).isEqualTo(Loading.LIST);
        assertThat(told.at("/drops/0/outcomes/created").asInt()).isEqualTo(1);
        assertThat(told.at("/refused/0/code").asText()).isEqualTo("empty_drop");
        assertThat(told.at("/refused/0/file").asText())
                .isEqualTo(refused.resolve("bad.csv").toString());
    }
}
