package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            assertThat(Files.list(home.resolve("outbox"))
                            .filter(folder -> folder.getFileName().toString().startsWith(".")))
                    .isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }
}
