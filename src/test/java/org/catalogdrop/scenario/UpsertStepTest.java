package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.results.Summaries;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A drop of upserts dies at one step after the other: keys that are new, changed, unchanged, made by hand, and of elements that were
 * deleted by hand. In the end each key has one element with what the drop says.
 */
@Timeout(60)
class UpsertStepTest extends StepSandbox {

    private static final long LIST = 4220;
    private static final long SKU = 4400049;
    private static final int ROWS = 40;

    private record Step(String node, boolean after) {}

    private static final List<Step> STEPS = Stream.of(
                    "catalog-keys method:takePage",
                    "catalog-keys method:recordRead",
                    "catalog-sending method:recordIntent",
                    "catalog-doubts method:reconcileRows",
                    "catalog-sending method:beginReplacement",
                    "catalog-drop.endpoint",
                    "catalog-sending method:settleRows",
                    "catalog-sending method:beginReplacement",
                    "catalog-doubts method:beginLookUp",
                    "catalog-loads method:publishResults")
            .flatMap(node -> Stream.of(new Step(node, false), new Step(node, true)))
            .toList();

    @ParameterizedTest
    @ValueSource(strings = {"none", "drop_after", "504_prefix"})
    void given_upserts_when_the_load_dies_at_any_step_then_every_key_has_one_element(String fault) throws Exception {
        Files.writeString(
                Files.createDirectories(home.resolve("mappings")).resolve("night.yaml"),
                "drops: night*.csv\naction: upsert\nkey: No\nname: Title\nfields:\n  - {field: 4400049, column: No}\n");
        Path first = home.resolve("night1.csv");
        Files.writeString(first, drop(ROWS / 2, row -> "Old " + row));
        assertThat(StepLife.load(StepLife.settings(home, sandbox, 1), first, (node, after) -> false))
                .isPresent();
        byHand();
        Path file = home.resolve("night-life.csv");
        Files.writeString(file, drop(ROWS, row -> (row % 4 == 0 && row <= ROWS / 2 ? "Old " : "New ") + row));
        int died = 0;
        for (int life = 0; life < STEPS.size(); life++) {
            Step step = STEPS.get(life);
            sandbox.faults().clear();
            if (!fault.equals("none")) {
                sandbox.faults().next(Fault.named(fault));
            }
            Optional<Summary> summary = StepLife.load(
                    StepLife.settings(home, sandbox, life),
                    file,
                    (node, after) -> node.contains(step.node()) && after == step.after());
            if (summary.isPresent()) {
                assertLoaded(summary.get());
                break;
            }
            died++;
        }
        assertThat(died).isGreaterThan(5);
        if (died == STEPS.size()) {
            // The last of them dies when the results have their place, so there is nothing left to load.
            assertLoaded(published());
        }
    }

    private Summary published() throws IOException {
        try (Stream<Path> folders = Files.list(home.resolve("outbox"))) {
            return Summaries.read(
                    folders.filter(folder -> folder.getFileName().toString().startsWith("night-life.csv-"))
                            .findFirst()
                            .orElseThrow());
        }
    }

    /** Deletes the elements of two rows that change, and makes three that the next drop has: one of them in place of a deleted one. */
    private static void byHand() {
        for (StoredElement element : sandbox.store().elements(LIST)) {
            if (List.of("K1", "K2").contains(key(element))) {
                delete(element.id());
            }
        }
        for (String key : List.of("K2", "K39", "K40")) {
            sandbox.store().put(LIST, "By hand", List.of(StoredElement.Field.of(SKU, key)));
        }
    }

    private static void delete(long id) {
        ByHand.delete(sandbox.baseUrl(), "sandbox-token", id);
    }

    private static String key(StoredElement element) {
        return element.fields().get(0).values().get(0).text();
    }

    private interface Title {
        String of(int row);
    }

    private static String drop(int rows, Title title) {
        StringBuilder text = new StringBuilder("No;Title\n");
        for (int row = 1; row <= rows; row++) {
            text.append('K').append(row).append(';').append(title.of(row)).append('\n');
        }
        return text.toString();
    }

    private void assertLoaded(Summary summary) throws Exception {
        assertThat(summary.exitStatus()).isZero();
        assertThat(summary.rows()).isEqualTo(ROWS);
        assertThat(summary.count(Status.CREATED) + summary.count(Status.UPDATED) + summary.count(Status.UNCHANGED))
                .isEqualTo(ROWS);
        Map<String, List<String>> found = new TreeMap<>();
        sandbox.store().elements(LIST).forEach(element -> found.computeIfAbsent(key(element), any -> new ArrayList<>())
                .add(element.name()));
        Map<String, List<String>> wanted = new TreeMap<>();
        for (int row = 1; row <= ROWS; row++) {
            wanted.put("K" + row, List.of((row % 4 == 0 && row <= ROWS / 2 ? "Old " : "New ") + row));
        }
        Map<String, List<String>> wrong = new TreeMap<>(found);
        wrong.entrySet().removeAll(wanted.entrySet());
        assertThat(wrong).as("keys lost, doubled or wrong").isEmpty();
        assertThat(found).hasSameSizeAs(wanted);
        Map<String, Long> mapping = new Outbox(home.resolve("outbox").resolve(summary.folder())).mapping();
        assertThat(mapping).hasSize(ROWS);
        mapping.forEach((row, id) ->
                assertThat(key(sandbox.store().byId(id).orElseThrow())).isEqualTo("K" + row));
    }
}
