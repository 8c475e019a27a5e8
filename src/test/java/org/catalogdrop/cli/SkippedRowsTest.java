package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.scenario.Night.drop;
import static org.catalogdrop.scenario.Night.told;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.SummaryLine;
import org.catalogdrop.scenario.Loading;
import org.catalogdrop.scenario.Night;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that a mapping file skips are counted, and nothing else becomes of them. */
class SkippedRowsTest {

    private static final String MAPPING = """
            drops: erp*
            action: add
            name: Titel
            skip_rows:
              - {column: Titel, words: ["Summe*", remark]}
              - {column: Preis, empty: true}
              - {column: Status, words: archived}
            defaults:
              empty_words: "-"
            fields:
              - {field: 4400051, column: Preis, type: number}
            """;

    private static final String DROP = """
            Titel;Preis;Status
            Ant;1;active
            Bee;2;ARCHIVED\u00A0
            Prices without VAT;;
            Cat;3;active
            Dog;-;active
            SUMME: 6;6;
            Elk;x;active
            summe
            Fox;1
            """;

    @TempDir
    Path home;

    private void mapping(String text) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("erp.yaml"), text);
    }

    private static int run(StringWriter out, String... command) {
        PrintWriter told = new PrintWriter(out, true);
        return CatalogDropMain.commandLine().setOut(told).setErr(told).execute(command);
    }

    @Test
    void given_totals_remarks_and_archived_articles_when_loaded_then_they_are_skipped_and_the_sum_holds()
            throws Exception {
        mapping(MAPPING);
        try (Loading loading = Loading.start(home)) {
            Path file = Files.writeString(home.resolve("erp.csv"), DROP);
            Plan plan = loading.context().createProducerTemplate().requestBody("direct:catalog-plan", file, Plan.class);
            assertThat(plan.skipped()).isEqualTo(5);
            assertThat(plan.rejects()).isEqualTo(2);

            Summary summary = loading.load(file);
            assertThat(loading.names()).containsExactly("Ant", "Cat");
            assertThat(loading.outbox(summary).outcomes())
                    .containsExactly(
                            "created",
                            "skipped",
                            "skipped",
                            "created",
                            "skipped",
                            "skipped",
                            "rejected",
                            "skipped",
                            "rejected");
            assertThat(loading.outbox(summary).codes())
                    .containsExactly(
                            "", "skipped", "skipped", "", "skipped", "skipped", "bad_number", "skipped", "ragged_row");
            assertThat(loading.outbox(summary).lines().get(1))
                    .containsEntry("column", "Status")
                    .containsEntry("request_id", "2");
            assertThat(loading.outbox(summary).mapping()).containsOnlyKeys("1", "4");
            assertThat(summary.count(Status.SKIPPED)).isEqualTo(5);
            assertThat(SummaryLine.line(summary)).contains("5 skipped");
            assertThat(Files.readString(
                            home.resolve("outbox").resolve(summary.folder()).resolve("summary.json")))
                    .contains("\"skipped\": 5", "\"holds\": true");
            loading.holdLaws(summary, Map.of(1L, "Ant", 4L, "Cat"));

            Map<String, String> settings =
                    Loading.settings(home, loading.sandbox().baseUrl());
            settings.forEach(System::setProperty);
            try {
                StringWriter out = new StringWriter();
                String folder = home.resolve("outbox").resolve(summary.folder()).toString();
                assertThat(run(out, "verify", folder, "--drop", file.toString(), "--account"))
                        .as(out.toString())
                        .isZero();
                assertThat(run(out, "mapping", "check", "--offline", file.toString()))
                        .isEqualTo(3);
                assertThat(out.toString()).contains("5 skipped");
                run(out, "status");
                assertThat(out.toString()).contains("9 rows: 2 created, 2 rejected, 5 skipped");
                Path results = home.resolve("outbox").resolve(summary.folder()).resolve("results.csv");
                Files.writeString(results, Files.readString(results).replaceFirst("2;2;3;;skipped", "2;2;3;;rejected"));
                assertThat(run(out, "verify", folder, "--drop", file.toString()))
                        .isEqualTo(1);
                assertThat(out.toString()).contains("its mapping skips it");
            } finally {
                settings.keySet().forEach(System::clearProperty);
            }
        }
    }

    @Test
    void given_only_rows_to_skip_when_loaded_then_nothing_is_sent_and_nothing_is_wrong() throws Exception {
        mapping(MAPPING);
        try (Loading loading = Loading.start(home, "drop.on-reject=stop")) {
            Summary summary = loading.load("erp.csv", "Titel;Preis;Status\nSumme;1;\n");
            assertThat(summary.exitStatus()).isZero();
            assertThat(summary.rows()).isEqualTo(1);
            assertThat(loading.posts()).isEmpty();
        }
    }

    @Test
    void given_json_when_a_row_is_skipped_by_a_value_then_it_is_reported() throws Exception {
        mapping(MAPPING.replace("archived", "true"));
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load(
                    "erp.json",
                    "[{\"Titel\":\"A\",\"Preis\":1,\"Status\":true},{\"Titel\":\"B\",\"Preis\":2},{\"Titel\":\"C\",\"Preis\":null}]");
            assertThat(loading.outbox(summary).outcomes()).containsExactly("skipped", "created", "skipped");
        }
    }

    @Test
    void given_a_complete_list_when_a_row_is_skipped_then_its_element_is_not_missing() throws Exception {
        Night.mapping(home, "missing: delete\nmissing_at_most: 90 %\nskip_rows: [{column: Title, words: archived}]\n");
        try (Loading loading = Loading.start(home)) {
            loading.load("night1.csv", drop("A;Ant;1", "B;Bee;2", "C;Cat;3"));
            Summary second = loading.load("night2.csv", drop("A;Ant;5", "B;archived;2", ";archived;0"));
            assertThat(told(loading.outbox(second)))
                    .containsExactly("A update updated", "  skipped", "  skipped", "C delete deleted");
            assertThat(loading.names()).containsExactlyInAnyOrder("Ant", "Bee");
        }
    }

    @Test
    void given_a_mapping_with_skip_rows_that_say_nothing_when_checked_then_each_fault_has_its_line() {
        List<String> faults = faults("""
                drops: a*
                action: add
                name: N
                skip_rows:
                  - {column: A}
                  - {words: x}
                  - {column: A, words: "*"}
                  - {column: A, empty: perhaps}
                """);
        assertThat(faults).hasSize(5);
        assertThat(faults.get(0)).startsWith("m.yaml:5: an entry of skip_rows needs 'words'");
        assertThat(faults.get(1)).startsWith("m.yaml:6: 'column' is missing");
        assertThat(faults.get(2)).startsWith("m.yaml:7: words has an empty word or one that fits any text");
    }

    private static List<String> faults(String text) {
        try {
            org.catalogdrop.mapping.yaml.MappingParser.parse(
                    "m.yaml", text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return List.of();
        } catch (org.catalogdrop.mapping.MappingRefused refused) {
            return refused.faults();
        }
    }
}
