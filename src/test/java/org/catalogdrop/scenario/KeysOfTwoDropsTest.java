package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A drop of upserts dies with adds in doubt, another with the same keys is loaded, then the first goes on: a key is one element. */
@Timeout(60)
class KeysOfTwoDropsTest {

    private static final long LIST = 4220;

    private Sandbox sandbox;

    @TempDir
    Path home;

    @BeforeEach
    void serve() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.defaults().withRequestsPerSecond(0));
        Files.writeString(
                Files.createDirectories(home.resolve("mappings")).resolve("night.yaml"),
                "drops: night*.csv\naction: upsert\nkey: No\nname: Title\nfields:\n  - {field: 4400049, column: No}\n");
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "recordIntent, true, none, New", // never sent
        "settleRows, false, none, New", // applied
        "settleRows, false, none, Old", // applied, and the other drop says the same
        "settleRows, false, 504_prefix, New", // half of it applied
        "settleRows, false, delay_apply, New", // applied when the other drop has begun
    })
    void given_key_in_two_drops_when_both_load_then_it_has_one_element(
            String node, boolean after, String fault, String title) throws Exception {
        if (!fault.equals("none")) {
            sandbox.faults()
                    .next(fault.equals("delay_apply") ? Fault.named(fault).number(700) : Fault.named(fault));
        }
        String wait = fault.equals("delay_apply") ? "1s" : "0ms";
        Path first = drop("night1.csv", "Old", 1, 6);
        Path second = drop("night2.csv", title, 2, 8);
        assertThat(load(wait, first, node, after)).isEmpty();
        assertThat(load(wait, second, "nothing", false)).isPresent();
        sandbox.faults().clear();
        Summary summary = load(wait, first, "nothing", false).orElseThrow();
        assertThat(summary.exitStatus()).isZero();
        Map<String, List<Long>> found = new TreeMap<>();
        sandbox.store().elements(LIST).forEach(element -> found.computeIfAbsent(
                        element.fields().get(0).values().get(0).text(), any -> new ArrayList<>())
                .add(element.id()));
        assertThat(found.keySet()).containsExactly("K1", "K2", "K3", "K4", "K5", "K6", "K7", "K8");
        assertThat(found.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
        Map<String, Long> mapping = new Outbox(home.resolve("outbox").resolve(summary.folder())).mapping();
        assertThat(mapping).hasSize(6);
        mapping.forEach((row, id) -> assertThat(found.get("K" + row)).containsExactly(id));
    }

    private Path drop(String name, String title, int from, int to) throws Exception {
        StringBuilder text = new StringBuilder("No;Title\n");
        for (int key = from; key <= to; key++) {
            text.append('K')
                    .append(key)
                    .append(';')
                    .append(title)
                    .append(' ')
                    .append(key)
                    .append('\n');
        }
        return Files.writeString(home.resolve(name), text);
    }

    private Optional<Summary> load(String wait, Path drop, String deadly, boolean after) throws Exception {
        return StepLife.load(
                settings(wait),
                drop,
                (node, behind) -> node.contains("catalog-sending method:" + deadly) && behind == after);
    }

    private Settings settings(String wait) {
        Map<String, String> settings = Map.of(
                "kommo.base-url",
                sandbox.baseUrl(),
                "kommo.access-token",
                "sandbox-token",
                "kommo.catalog-id",
                Long.toString(LIST),
                "kommo.in-flight",
                "1",
                "kommo.requests-per-second",
                "0",
                "kommo.response-timeout",
                "300ms",
                "kommo.doubt-wait",
                wait,
                "drop.home",
                home.toString());
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }
}
