package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.catalogdrop.scenario.AtOpening;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Drops whose load has ended and that cannot be moved to their place are told, rest, and hold no other. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UnmovedDropsTest {

    @TempDir
    Path home;

    private final AtomicInteger tries = new AtomicInteger();

    private void lay(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(home.resolve("inbox")).resolve(name), text);
    }

    /** Whatever the user may do, nothing can be moved into a file: the folder is one as soon as a drop is loaded. */
    private Loading once(String folder) throws Exception {
        Loading loading = Loading.watch(home, new AtOpening((name, exchange) -> {
            tries.incrementAndGet();
            try {
                Files.deleteIfExists(home.resolve(folder));
                Files.createFile(home.resolve(folder));
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            }
        }));
        loading.drop().runs().awaitIdle();
        return loading;
    }

    private String[] in(String folder) {
        return home.resolve(folder).toFile().list();
    }

    @Test
    void the_others_load_and_the_next_run_moves_them() throws Exception {
        lay("first.csv", "name\na\n");
        lay("second.csv", "name\nb\n");
        try (Loading loading = once("archive")) {
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(1);
            assertThat(loading.names()).containsExactlyInAnyOrder("a", "b");
            assertThat(tries).hasValue(2);
            assertThat(in("inbox")).contains("first.csv", "second.csv");
            assertThat(in("outbox")).hasSize(3).contains("index.html");
        }
        Files.delete(home.resolve("archive"));
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.drop().runs().exitStatus()).isZero();
            assertThat(loading.posts()).isEmpty();
            assertThat(in("inbox")).doesNotContain("first.csv", "second.csv");
            assertThat(in("archive")).containsExactlyInAnyOrder("first.csv", "second.csv");
            assertThat(in("outbox")).hasSize(3).contains("index.html");
        }
    }
}
