package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rest of a drop is read as the rows that were sent before. */
class ReadAsTest {

    private static final String ROWS = "name,cf:4400049\n'a',1\n'b',2\n'c',3\n";

    @TempDir
    Path home;

    private void sendOneRow() throws Exception {
        sendOneRow("401");
    }

    private void sendOneRow(String thenFault) throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=1", "kommo.in-flight=1")) {
            loading.sandbox().faults().next(Fault.named("delay"));
            loading.sandbox().faults().next(Fault.named(thenFault));
            assertThat(catchThrowable(() -> loading.load("drop.csv", ROWS))).isInstanceOf(RunHalted.class);
            assertThat(loading.names()).startsWith("'a'");
        }
    }

    @Test
    void given_other_quote_set_amid_a_load_when_resumed_then_it_halts_and_names_the_setting() throws Exception {
        sendOneRow();
        try (Loading loading = Loading.start(home, "drop.quote=single")) {
            Throwable halt = catchThrowable(() -> loading.load("drop.csv", ROWS));
            assertThat(halt).isInstanceOf(RunHalted.class).hasMessageContaining("drop.quote");
            assertThat(loading.posts()).isEmpty();
        }
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("drop.csv", ROWS);
            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.names()).containsExactlyInAnyOrder("'b'", "'c'");
        }
    }

    private Path inbox() throws Exception {
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Files.writeString(inbox.resolve("drop.csv"), ROWS);
        Files.setLastModifiedTime(inbox.resolve("drop.csv"), FileTime.fromMillis(0));
        Files.writeString(inbox.resolve("other.csv"), "name\nother\n");
        return inbox;
    }

    @Test
    void given_held_drop_without_doubts_when_run_then_other_drops_load() throws Exception {
        sendOneRow("401");
        Path inbox = inbox();
        try (Loading loading = Loading.watch(home, "drop.quote=single")) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.names()).containsExactly("other");
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(1);
            assertThat(inbox.resolve("drop.csv")).hasContent(ROWS);
        }
    }

    @Test
    void given_held_drop_with_doubts_when_run_then_other_drops_wait() throws Exception {
        sendOneRow("418_after");
        Path inbox = inbox();
        try (Loading loading = Loading.watch(home, "drop.quote=single")) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.posts()).isEmpty();
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(1);
        }
        Files.move(inbox.resolve("drop.csv"), home.resolve("drop.csv"));
        try (Loading loading = Loading.watch(home, "drop.quote=single")) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.names()).containsExactly("other");
            assertThat(loading.drop().runs().exitStatus()).isZero();
        }
    }
}
