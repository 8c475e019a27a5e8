package org.catalogdrop.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.scenario.Outbox;
import org.catalogdrop.scenario.StepLife;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A load that died goes on at its first open row; its results are those of one that never died. */
@Timeout(60)
class ResumptionTest {

    private static final int ROWS = 400;

    private Sandbox sandbox;

    @TempDir
    Path home;

    @BeforeEach
    void serve() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.defaults().withRequestsPerSecond(0));
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "name,request_id"})
    void given_resumed_load_when_finished_then_every_row_is_in_the_results_once_and_in_order(String columns)
            throws Exception {
        Path drop = Files.writeString(home.resolve("a.csv"), text(columns, "Row "));
        assertThat(dyingAt(8, drop)).isEmpty();
        assertThat(dyingAt(5, drop)).isEmpty();
        assertLoaded(Files.move(drop, home.resolve("b.csv")));
    }

    @Test
    void given_all_rows_settled_when_resumed_then_nothing_is_sent() throws Exception {
        Path drop = Files.writeString(home.resolve("a.csv"), text("name", "Row "));
        assertThat(StepLife.load(
                        settings(), drop, (node, after) -> node.contains("catalog-loads method:publishResults")))
                .isEmpty();
        int requests = sandbox.log().size();
        assertLoaded(drop);
        assertThat(sandbox.log()).hasSize(requests);
    }

    @Test
    void file_that_only_looks_like_the_earlier_one_is_another_drop() throws Exception {
        Path drop = Files.writeString(home.resolve("a.csv"), text("name", "Row "));
        FileTime time = Files.getLastModifiedTime(drop);
        assertThat(dyingAt(8, drop)).isEmpty();
        // In place, so that size, time and key are the same.
        Files.writeString(drop, text("name", "Raw "));
        Files.setLastModifiedTime(drop, time);
        sandbox.reset();
        Summary summary =
                StepLife.load(settings(), drop, (node, after) -> false).orElseThrow();
        assertThat(summary.count(Status.CREATED)).isEqualTo(ROWS - ROWS / 50);
        assertThat(sandbox.store().elements(4220))
                .hasSize(ROWS - ROWS / 50)
                .allSatisfy(element -> assertThat(element.name()).startsWith("Raw "));
    }

    /** Each 50th row has no name and is rejected. */
    private static String text(String columns, String name) {
        StringBuilder text = new StringBuilder(columns + ",cf:4400049\n");
        for (int row = 1; row <= ROWS; row++) {
            text.append(row % 50 == 0 ? "" : name + row)
                    .append(columns.contains("request_id") ? "," + (row + 1000) : "")
                    .append(",\"S\n")
                    .append(row)
                    .append("\"\n");
        }
        return text.toString();
    }

    private Optional<Summary> dyingAt(int settlement, Path drop) throws Exception {
        AtomicInteger settled = new AtomicInteger();
        return StepLife.load(
                settings(),
                drop,
                (node, after) -> !after
                        && node.contains("catalog-sending method:settleRows")
                        && settled.incrementAndGet() == settlement);
    }

    @Test
    void given_a_mapping_that_skips_rows_when_the_load_resumes_then_they_are_in_the_results_once() throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("a.yaml"), """
                drops: [a.csv, b.csv]
                action: add
                name: name
                skip_rows: [{column: name, empty: true}]
                fields: [{field: 4400049, column: "cf:4400049"}]
                """);
        Path drop = Files.writeString(home.resolve("a.csv"), text("name", "Row "));
        assertThat(dyingAt(8, drop)).isEmpty();
        assertLoaded(Files.move(drop, home.resolve("b.csv")), Status.SKIPPED);
    }

    private void assertLoaded(Path drop) throws Exception {
        assertLoaded(drop, Status.REJECTED);
    }

    private void assertLoaded(Path drop, Status nameless) throws Exception {
        Summary summary =
                StepLife.load(settings(), drop, (node, after) -> false).orElseThrow();
        assertThat(summary.rows()).isEqualTo(ROWS);
        assertThat(summary.count(Status.CREATED)).isEqualTo(ROWS - ROWS / 50);
        assertThat(summary.count(nameless)).isEqualTo(ROWS / 50);
        Outbox outbox = new Outbox(home.resolve("outbox").resolve(summary.folder()));
        Set<Long> ids = new HashSet<>();
        List<Map<String, String>> lines = outbox.lines();
        for (int row = 1; row <= ROWS; row++) {
            Map<String, String> line = lines.get(row - 1);
            assertThat(line).containsEntry("row", "" + row).containsEntry("line", "" + (2 * row));
            if (row % 50 != 0) {
                long id = Long.parseLong(line.get("id"));
                assertThat(ids.add(id)).isTrue();
                assertThat(sandbox.store().byId(id).orElseThrow().name()).isEqualTo("Row " + row);
            }
        }
        assertThat(sandbox.store().elements(4220)).hasSize(ROWS - ROWS / 50);
    }

    private Settings settings() {
        Map<String, String> settings = Map.of(
                "kommo.base-url", sandbox.baseUrl(),
                "kommo.access-token", "sandbox-token",
                "kommo.catalog-id", "4220",
                "kommo.chunk-size", "20",
                "kommo.in-flight", "2",
                "kommo.requests-per-second", "0",
                "kommo.doubt-wait", "0ms",
                "drop.home", home.toString());
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }
}
