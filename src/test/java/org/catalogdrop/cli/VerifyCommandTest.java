package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catalogdrop.journal.Journal;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.store.CatalogField;
import org.catalogdrop.sandbox.store.CatalogList;
import org.catalogdrop.sandbox.store.FieldType;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.scenario.ByHand;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.Night;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results are held against their drop by what counted when it was loaded. */
class VerifyCommandTest {

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private Map<String, String> settings = Map.of();

    @AfterEach
    void clear() {
        settings.keySet().forEach(System::clearProperty);
    }

    private Path results(Loading loading, String name, String text) throws Exception {
        Summary summary = loading.load(name, text);
        Path archive = Files.createDirectories(home.resolve("archive"));
        Files.copy(home.resolve("given").resolve(name), archive.resolve(name));
        settings = Loading.settings(home, loading.sandbox().baseUrl());
        settings.forEach(System::setProperty);
        return home.resolve("outbox").resolve(summary.folder());
    }

    private int verify(Path results, String... more) {
        PrintWriter told = new PrintWriter(out, true);
        return CatalogDropMain.commandLine()
                .setOut(told)
                .setErr(told)
                .execute(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("verify", results.toString()), java.util.Arrays.stream(more))
                        .toArray(String[]::new));
    }

    @Test
    void a_drop_is_found_in_the_archive_whatever_else_is_there() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path results = results(loading, "shop.csv", "name\na\nb\n");
            Files.writeString(home.resolve("archive/shop-2.json"), "[{\"name\":\"a\"}]");
            Files.writeString(home.resolve("archive/shop-3.csv"), "name\nother\n");

            assertThat(verify(results)).as(out::toString).isZero();
            assertThat(out.toString()).contains("sound. 2 rows");
        }
    }

    @Test
    void rows_without_a_list_were_of_the_list_that_was_set_when_they_were_loaded() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path results = results(loading, "shop.csv", "name\na\nb\n");
            System.setProperty("kommo.catalog-id", "4999");

            assertThat(verify(results, "--account")).as(out::toString).isZero();
        }
    }

    @Test
    void a_line_that_is_not_the_rows_is_reported() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path results = results(loading, "shop.csv", "name\na\nb\n");
            Path lines = results.resolve("results.csv");
            Files.writeString(lines, Files.readString(lines).replace("1,1,2,add,created", "1,1,2,add,rejected"));

            assertThat(verify(results)).isEqualTo(1);
            assertThat(out.toString()).contains("summary.json counts 2 created, results.csv has 1");
        }
    }

    private int command(String... words) {
        out.getBuffer().setLength(0);
        PrintWriter told = new PrintWriter(out, true);
        return CatalogDropMain.commandLine().setOut(told).setErr(told).execute(words);
    }

    @ParameterizedTest
    @ValueSource(strings = {"digits", "digest", "name"})
    void given_a_file_loaded_from_anywhere_when_the_drop_is_named_then_verify_finds_folder_and_file(String word)
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("shop.csv", "name\na\nb\n");
            settings = Loading.settings(home, loading.sandbox().baseUrl());
            settings.forEach(System::setProperty);

            assertThat(command(
                            "verify",
                            switch (word) {
                                case "digits" -> summary.digest().substring(0, 8);
                                case "digest" -> summary.digest();
                                default -> "shop.csv";
                            }))
                    .as(out::toString)
                    .isZero();
            assertThat(out.toString()).contains(summary.folder(), "sound. 2 rows");
            assertThat(command("verify", "other.csv")).isEqualTo(2);
            assertThat(out.toString()).contains("other.csv is not a folder");
        }
    }

    @Test
    void given_a_loaded_file_when_the_file_itself_is_named_then_verify_finds_its_results() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("shop.csv", "name\na\nb\n");
            settings = Loading.settings(home, loading.sandbox().baseUrl());
            settings.forEach(System::setProperty);

            assertThat(command("verify", home.resolve("given/shop.csv").toString()))
                    .as(out::toString)
                    .isZero();
            assertThat(out.toString()).contains(summary.folder(), "sound. 2 rows");
            assertThat(command("verify", "pom.xml")).isEqualTo(2);
        }
    }

    @Test
    void given_a_drop_of_the_inbox_when_it_is_in_the_archive_under_another_name_then_verify_finds_it()
            throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("archive")).resolve("shop.csv"), "name\nolder\n");
        Files.writeString(Files.createDirectories(home.resolve("inbox")).resolve("shop.csv"), "name\na\n");
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
            settings = Loading.settings(home, loading.sandbox().baseUrl());
            settings.forEach(System::setProperty);

            assertThat(Journal.drops(home.resolve("state")).get(0).place())
                    .contains(home.resolve("archive/shop-2.csv").toString());
            assertThat(command("verify", "shop.csv", "--account"))
                    .as(out::toString)
                    .isZero();
        }
    }

    @Test
    void given_results_of_another_account_when_verify_is_to_ask_the_account_then_it_is_refused_with_both_named()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path results = results(loading, "shop.csv", "name\na\nb\n");
            System.setProperty(
                    "kommo.base-url", "http://localhost:" + loading.sandbox().port());

            assertThat(verify(results, "--account")).isEqualTo(2);
            assertThat(out.toString()).contains("was loaded to 127.0.0.1, and kommo.base-url names localhost");
            assertThat(verify(results)).as(out::toString).isZero();
        }
    }

    @Test
    void given_markers_when_the_account_is_asked_then_each_created_row_is_proven_and_a_copy_is_reported()
            throws Exception {
        Sandbox sandbox = Sandbox.start(Loading.sandboxSettings());
        sandbox.put(new CatalogList(99, "Marked", List.of(CatalogField.of(990, "Marker", FieldType.TEXT))));
        try (Loading loading = Loading.with(home, sandbox, "kommo.catalog-id=99", "kommo.marker-field=990")) {
            Summary summary = loading.load("shop.csv", "name\na\n\"\"\nb\n");
            settings = Loading.settings(home, sandbox.baseUrl());
            settings.forEach(System::setProperty);

            assertThat(command("verify", "shop.csv", "--account"))
                    .as(out::toString)
                    .isZero();
            assertThat(out.toString()).contains("2 of 2 created rows proven by their marker");

            List<StoredElement> elements = sandbox.store().elements(99);
            String marker = elements.get(1).fields().get(0).values().get(0).text();
            ByHand.value(sandbox.baseUrl(), Loading.TOKEN, elements.get(1), 990, marker.replaceAll("\\d+$", "2"));
            assertThat(command("verify", "shop.csv", "--account")).isEqualTo(1);
            assertThat(out.toString()).contains("has the marker of row 2, which the results do not have as created");
            assertThat(summary.count(Status.CREATED)).isEqualTo(2);
        }
    }

    private static final String EVERY_FIELD = "name,cf:4400049,cf:4400050,cf:4400051,cf:4400062:enum,cf:4400070:enum,"
            + "cf:4400080:city,cf:4400090,cf:4400091,cf:4400093\n"
            + "Cable & plug,A<1>,0,7758.620,3692539|3692541,3692601,Kyiv,1,2026-01-02,\"long  text &amp; more\"\n"
            + "Zweiter \u00FC\uD83D\uDE00,A2,1.50,10,3692540,3692602,Lviv,0,2026-01-03,x\n";

    @Test
    void given_values_of_every_kind_when_the_account_has_them_in_its_own_form_then_nothing_differs() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path results = results(loading, "shop.csv", EVERY_FIELD);

            assertThat(verify(results, "--account")).as(out::toString).isZero();
        }
    }

    @Test
    void given_values_that_were_changed_when_the_account_is_compared_then_row_field_sent_and_found_are_reported()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path results = results(loading, "shop.csv", EVERY_FIELD);
            StoredElement second = loading.stored().get(1);
            ByHand.value(loading.sandbox().baseUrl(), Loading.TOKEN, second, 4400051, "11");
            ByHand.rename(
                    loading.sandbox().baseUrl(),
                    Loading.TOKEN,
                    loading.stored().get(0).id(),
                    "Rope");

            assertThat(verify(results, "--account")).isEqualTo(1);
            assertThat(out.toString())
                    .contains("row 1: element " + loading.stored().get(0).id()
                            + ", field name: sent 'Cable & plug', found 'Rope'")
                    .contains("row 2: element " + second.id() + ", field cf:4400051 (Price): sent '10', found '11'");
            out.getBuffer().setLength(0);
            verify(results, "--account", "--json");
            assertThat(out.toString()).contains("\"values_differing\": 2", "\"sound\": false");
        }
    }

    @Test
    void given_upserts_and_updates_when_the_account_is_compared_then_what_each_row_sent_counts() throws Exception {
        Night.mapping(home, "");
        try (Loading loading = Loading.start(home)) {
            results(loading, "night1.csv", Night.drop("A;Ant;1", "B;Bee;2", "C;Cat;3"));
            Path second = results(loading, "night2.csv", Night.drop("A;Ant;1", "B;Bee;5", "C;Cat;", "D;Dog;4"));

            assertThat(verify(second, "--account")).as(out::toString).isZero();

            ByHand.value(
                    loading.sandbox().baseUrl(), Loading.TOKEN, loading.stored().get(2), 4400051, "9");
            assertThat(verify(second, "--account")).isEqualTo(1);
            assertThat(out.toString()).contains("row 3: element ", "(Price): sent '', found '9'");
        }
    }

    @Test
    void given_a_load_that_was_undone_when_its_file_is_dropped_again_then_the_refusal_says_so() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("shop.csv", "name\na\nb\n");
            loading.load(loading.outbox(summary).folder().resolve("undo.csv"));

            assertThat(loading.load("shop.csv", "name\na\nb\n")
                            .refusal()
                            .orElseThrow()
                            .message())
                    .contains("That load was undone on ", "2 of 2 changes were taken back", "drop.repeat=allow");
        }
    }

    @Test
    void given_a_load_that_reads_when_it_has_ended_then_its_reads_are_counted_apart() throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            Summary added = loading.load("shop.csv", "name\na\nb\n");
            long id = loading.stored().get(0).id();
            Summary updated = loading.load("again.csv", "id,name\n" + id + ",c\n");

            assertThat(added.requests()).isEqualTo(1);
            assertThat(added.reads()).as("of the top of the list").isEqualTo(1);
            assertThat(updated.requests()).isEqualTo(1);
            assertThat(updated.reads()).isEqualTo(1);
        }
    }
}
