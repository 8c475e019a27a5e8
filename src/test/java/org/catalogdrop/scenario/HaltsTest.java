package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stops a run, what does not, and that the next run goes on where the last one stopped. */
class HaltsTest {

    private static final String DROP = "name\none\ntwo\nthree\nfour\n";
    private static final Map<Long, String> NAMES = Map.of(1L, "one", 2L, "two", 3L, "three", 4L, "four");

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "301_before, MOVED",
        "401_before, UNAUTHORIZED",
        "402_before, ACCOUNT",
        "403_before, BLOCKED",
        "405_before, UNEXPECTED_ANSWER",
        "418_before, UNEXPECTED_ANSWER",
        "418_after, UNEXPECTED_ANSWER"
    })
    void given_fault_that_stops_the_run_when_run_again_then_it_resumes(String fault, Code code) throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=2", "kommo.in-flight=1")) {
            // The second chunk: what the first one made is kept. The last one is whoever sends beside the senders.
            loading.sandbox().faults().next(Fault.named("delay").number(50));
            loading.sandbox().faults().next(Fault.named(fault), 1);
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", DROP));

            assertThat(halted.problem().code()).isEqualTo(code);
            assertThat(halted).hasMessageContaining("HTTP " + fault.substring(0, 3));
            assertThat(loading.names()).hasSize(fault.endsWith("after") ? 4 : 2);
            assertThat(home.resolve("outbox")).satisfies(HaltsTest::hasNoResults);

            // A block is lifted by a person; see BlockTest.
            Files.deleteIfExists(home.resolve("state/blocked.json"));
            Summary summary = loading.load("drop.csv", DROP);
            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.names()).containsExactlyInAnyOrder("one", "two", "three", "four");
            loading.holdLaws(summary, NAMES);
        }
    }

    @Test
    void nothing_more_is_sent_after_a_block() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=1", "kommo.in-flight=1")) {
            loading.sandbox().faults().next(Fault.named("403_before"), 1000);
            StringBuilder drop = new StringBuilder("name\n");
            for (int i = 0; i < 200; i++) {
                drop.append("n").append(i).append('\n');
            }
            assertThatThrownBy(() -> loading.load("drop.csv", drop.toString())).isInstanceOf(RunHalted.class);

            // What was under way at that moment may still arrive: one request a sender.
            assertThat(loading.posts()).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Tag("slow")
    @ParameterizedTest
    @CsvSource({"429,4", "503_before,6"})
    void api_that_stays_away_stops_the_run_and_nothing_is_lost(String fault, int tries) throws Exception {
        try (Loading loading = Loading.start(home)) {
            loading.sandbox().faults().next(Fault.named(fault), tries);
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", DROP));

            assertThat(halted)
                    .hasMessageContaining(tries + " tries")
                    .hasMessageContaining("HTTP " + fault.substring(0, 3));
            assertThat(loading.names()).isEmpty();
            Summary summary = loading.load("drop.csv", DROP);
            assertThat(summary.exitStatus()).isZero();
            assertThat(summary.requests()).isEqualTo(tries + 1);
            assertThat(summary.retries()).isBetween(tries - 1L, (long) tries);
            loading.holdLaws(summary, NAMES);
        }
    }

    @Test
    void unreachable_api_is_reported_and_nothing_is_in_doubt() throws Exception {
        try (Loading away = Loading.start(home, "kommo.base-url=http://127.0.0.1:1")) {
            RunHalted halted = catchThrowableOfType(RunHalted.class, () -> away.load("drop.csv", DROP));
            assertThat(halted.problem().code()).isEqualTo(Code.API_AWAY);
        }
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("drop.csv", DROP);
            assertThat(summary.exitStatus()).isZero();
            // Nothing was sent, so nothing has to be looked up.
            assertThat(loading.reads()).isEmpty();
            assertThat(loading.posts()).hasSize(1);
        }
    }

    @Test
    void rows_settled_before_a_halt_are_not_sent_again_under_another_name() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=1", "kommo.in-flight=1")) {
            loading.sandbox().faults().next(Fault.named("delay").number(1), 2);
            loading.sandbox().faults().next(Fault.named("401"), 2);
            assertThatThrownBy(() -> loading.load("drop.csv", DROP)).isInstanceOf(RunHalted.class);
            loading.sandbox().faults().clear();
            Summary summary = loading.load("renamed.csv", DROP);

            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.names()).containsExactlyInAnyOrder("one", "two", "three", "four");
            assertThat(loading.sandbox().store().created()).isEqualTo(4);
            loading.holdLaws(summary, NAMES);
        }
    }

    private static void hasNoResults(Path outbox) {
        if (Files.isDirectory(outbox)) {
            try (var files = Files.list(outbox)) {
                List<String> visible = files.map(file -> file.getFileName().toString())
                        .filter(name -> !name.startsWith("."))
                        .toList();
                assertThat(visible).isEmpty();
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
