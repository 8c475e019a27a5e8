package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A complete list dies at one step after the other, before its elements were deleted, between and after. In the end the account has what the
 * list has, and of the rest only what others made; another drop that loads in between brings keys that this list could not have had.
 */
@Timeout(120)
class MissingStepTest extends StepSandbox {

    private static final long LIST = 4220;
    private static final long SKU = 4400049;
    private static final int BEFORE = 30;
    private static final int KEPT = 18;
    private static final int ROWS = 24;

    private record Step(String node, boolean after, int passage) {}

    private static final List<Step> STEPS = Stream.of(
                    new Step("catalog-loads method:checkRows", true, 1),
                    new Step("catalog-sending method:settleRows", false, 2),
                    new Step("catalog-loads method:buildMissingDeletes", false, 1),
                    new Step("catalog-loads method:buildMissingDeletes", true, 1),
                    new Step("catalog-first-reads method:applyElements", true, 1),
                    new Step("catalog-sending method:recordIntent", false, 1),
                    new Step("catalog-sending method:recordIntent", true, 1),
                    new Step("catalog-drop.endpoint", true, 3),
                    new Step("catalog-sending method:settleRows", false, 1),
                    new Step("catalog-doubts method:reconcileRows", false, 1),
                    new Step("catalog-loads method:publishResults", false, 1))
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"none", "drop_after"})
    void given_complete_list_when_it_dies_at_any_step_then_only_missing_elements_are_deleted(String fault)
            throws Exception {
        Path mappings = Files.createDirectories(home.resolve("mappings"));
        String mapping = "action: upsert\nkey: No\nname: Title\nfields:\n  - {field: 4400049, column: No}\n";
        Files.writeString(
                mappings.resolve("full.yaml"), "drops: full*.csv\nmissing: delete\nmissing_at_most: 50%\n" + mapping);
        Files.writeString(mappings.resolve("part.yaml"), "drops: part*.csv\n" + mapping);
        load(0, write("full1.csv", 1, BEFORE, "Old "));
        sandbox.store().put(LIST, "By hand", List.of(StoredElement.Field.of(SKU, "H1")));
        // Keys 1 to 18 stay, 19 to 30 are missing, of which 30 is gone already; 101 to 106 are new.
        ByHand.delete(sandbox.baseUrl(), "sandbox-token", id("K30"));
        Path file = write("full2.csv", 1, KEPT, "New ");
        Files.writeString(file, rows(101, 100 + ROWS - KEPT, "New "), java.nio.file.StandardOpenOption.APPEND);
        Optional<Summary> summary = Optional.empty();
        int died = 0;
        for (int life = 0; life < STEPS.size() && summary.isEmpty(); life++) {
            sandbox.faults().clear();
            if (!fault.equals("none")) {
                sandbox.faults().next(Fault.named(fault));
            }
            summary = dying(life, file);
            died += summary.isEmpty() ? 1 : 0;
            if (life == 2) {
                load(0, write("part1.csv", 201, 203, "Meanwhile "));
            }
        }
        sandbox.faults().clear();
        assertThat(died).isGreaterThan(7);
        assertLoaded(summary.isPresent() ? summary.get() : load(1, file));
    }

    private Optional<Summary> dying(int life, Path file) throws Exception {
        Step step = STEPS.get(life);
        int[] passages = {0};
        return StepLife.load(settings(life), file, (node, after) -> {
            synchronized (passages) {
                return node.contains(step.node()) && after == step.after() && ++passages[0] == step.passage();
            }
        });
    }

    private Summary load(int life, Path file) throws Exception {
        return StepLife.load(settings(life), file, (node, after) -> false).orElseThrow();
    }

    private Path write(String name, int from, int to, String title) throws Exception {
        return Files.writeString(home.resolve(name), "No;Title\n" + rows(from, to, title));
    }

    private static String rows(int from, int to, String title) {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(from, to).forEach(row -> text.append('K')
                .append(row)
                .append(';')
                .append(title)
                .append(row)
                .append('\n'));
        return text.toString();
    }

    private static long id(String key) {
        return sandbox.store().elements(LIST).stream()
                .filter(element -> key(element).equals(key))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private static String key(StoredElement element) {
        return element.fields().get(0).values().get(0).text();
    }

    private void assertLoaded(Summary summary) throws Exception {
        assertThat(summary.exitStatus()).isZero();
        assertThat(summary.rows()).isEqualTo(ROWS + BEFORE - KEPT);
        assertThat(summary.missing().elements()).isEqualTo(BEFORE - KEPT);
        assertThat(summary.count(Status.DELETED)).isEqualTo(BEFORE - KEPT);
        assertThat(summary.count(Status.CREATED)).isEqualTo(ROWS - KEPT);
        List<String> wanted = Stream.of(
                        IntStream.rangeClosed(1, KEPT),
                        IntStream.rangeClosed(101, 100 + ROWS - KEPT),
                        IntStream.rangeClosed(201, 203))
                .flatMapToInt(numbers -> numbers)
                .mapToObj(number -> "K" + number)
                .toList();
        assertThat(sandbox.store().elements(LIST).stream().map(MissingStepTest::key))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(wanted.stream(), Stream.of("H1")).toList());
        List<Map<String, String>> lines = new Outbox(home.resolve("outbox").resolve(summary.folder())).lines();
        assertThat(lines.subList(ROWS, lines.size())).allSatisfy(line -> assertThat(line)
                .containsEntry("line", "0")
                .containsEntry("action", "delete")
                .containsEntry("outcome", "deleted"));
        assertThat(lines)
                .extracting(line -> line.get("key"))
                .doesNotHaveDuplicates()
                .hasSize(lines.size());
    }

    private Settings settings(int life) {
        Map<String, String> settings = Map.of(
                "kommo.base-url", sandbox.baseUrl(),
                "kommo.access-token", "sandbox-token",
                "kommo.catalog-id", Long.toString(LIST),
                "kommo.chunk-size", Integer.toString(4 + life % 3),
                "kommo.in-flight", Integer.toString(1 + life % 3),
                "kommo.requests-per-second", "0",
                "kommo.doubt-wait", "0ms",
                "drop.undo", life % 2 == 0 ? "full" : "adds",
                "drop.home", home.toString());
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
    }
}
