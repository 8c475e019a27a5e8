package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two accounts, each with a state folder of its own, and one outbox for both. */
class SharedOutboxTest {

    private static final int ROUNDS = 10;

    @TempDir
    Path home;

    private static String rows(int round) {
        return IntStream.range(0, 20)
                .mapToObj(row -> "round " + round + " row " + row)
                .collect(Collectors.joining("\n", "name\n", "\n"));
    }

    @Test
    void given_the_same_file_at_the_same_time_when_loaded_then_each_has_its_own_results() throws Exception {
        String outbox = "drop.outbox=" + home.resolve("outbox");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Loading one = Loading.start(home.resolve("one"), outbox, "kommo.chunk-size=1");
                Loading other = Loading.start(home.resolve("other"), outbox, "kommo.chunk-size=1")) {
            // The ids of the two accounts must differ.
            other.load("before.csv", "name\nx\ny\nz\n");
            Set<String> folders = new HashSet<>();
            for (int round = 0; round < ROUNDS; round++) {
                String drop = rows(round);
                List<Future<Summary>> loads = new ArrayList<>();
                for (Loading loading : List.of(one, other)) {
                    loads.add(threads.submit(() -> loading.load("drop.csv", drop)));
                }
                for (int i = 0; i < loads.size(); i++) {
                    Loading loading = i == 0 ? one : other;
                    Summary summary = loads.get(i).get();
                    assertThat(folders.add(summary.folder())).isTrue();
                    Outbox results = new Outbox(home.resolve("outbox").resolve(summary.folder()));
                    String prefix = "round " + round + " ";
                    assertThat(results.mapping().values())
                            .containsExactlyInAnyOrderElementsOf(loading.stored().stream()
                                    .filter(element -> element.name().startsWith(prefix))
                                    .map(StoredElement::id)
                                    .toList())
                            .hasSize(20);
                }
            }
            try (Stream<Path> inside = Files.list(home.resolve("outbox"))) {
                assertThat(inside.filter(
                                folder -> folder.getFileName().toString().startsWith(".")))
                        .isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** Its name was in the journal already; then another process takes that name for the same file. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_a_publication_that_failed_when_another_process_takes_the_name_then_the_results_get_the_next_one(
            boolean whole) throws Exception {
        Path outbox = home.resolve("outbox");
        try (Sandbox sandbox = Sandbox.start(Loading.sandboxSettings());
                Loading other = Loading.start(home.resolve("other"), "drop.outbox=" + outbox)) {
            Map<String, String> settings =
                    Loading.settings(home.resolve("one"), sandbox.baseUrl(), "drop.outbox=" + outbox);
            Settings one = SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true);
            Path file = Files.writeString(home.resolve("drop.csv"), "name\nx\ny\n");
            assertThatThrownBy(() -> StepLife.load(one, file, (node, after) -> {
                        if (!after && node.contains("catalog-loads method:publishResults")) {
                            blockSummary(outbox);
                        }
                        return false;
                    }))
                    .hasRootCauseInstanceOf(IOException.class);
            Summary theirs = other.load("drop.csv", "name\nx\ny\n");
            String folder = theirs.folder();
            if (!whole) {
                Files.delete(outbox.resolve(folder).resolve("summary.json"));
            }

            Summary ours = StepLife.load(one, file, LivesSandbox.NOWHERE).orElseThrow();

            assertThat(ours.folder()).isEqualTo(folder + "-2");
            assertThat(new Outbox(outbox.resolve(ours.folder())).mapping().values())
                    .containsExactlyElementsOf(sandbox.store().elements(Loading.LIST).stream()
                            .map(StoredElement::id)
                            .toList());
            assertThat(Outbox.names(outbox)).containsExactlyInAnyOrder(folder, folder + "-2");
        }
    }

    private static void blockSummary(Path outbox) {
        try (Stream<Path> parts = Files.list(outbox)) {
            Path part = parts.filter(path -> path.toString().endsWith(".part"))
                    .findFirst()
                    .orElseThrow();
            Files.createDirectories(part.resolve("summary.json/in the way"));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Test
    void given_results_in_the_making_of_a_drop_that_is_gone_when_the_next_one_loads_then_they_are_removed()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.load("first.csv", "name\nx\n");
        }
        String owner = Files.readString(home.resolve("state/results-owner")).strip();
        Path left = Files.createDirectories(home.resolve("outbox/.0a1b2c3d-" + owner + ".part"));
        Files.writeString(left.resolve("results.csv"), "request_id\n");
        Path others = Files.createDirectories(home.resolve("outbox/.0a1b2c3d-ffffffff.part"));

        try (Loading loading = Loading.start(home)) {
            loading.load("second.csv", "name\ny\n");
        }

        assertThat(left).doesNotExist();
        assertThat(others).exists();
    }
}
