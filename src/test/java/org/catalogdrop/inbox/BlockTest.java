package org.catalogdrop.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A block is a full stop, for this process and the next, until its pause is over or a person lifts it. */
class BlockTest {

    private static final String DROP = "name\none\ntwo\nthree\nfour\nfive\nsix\n";

    @TempDir
    Path home;

    private Path file;

    @BeforeEach
    void file() {
        file = home.resolve("state/blocked.json");
    }

    private void blockedUntil(Instant until) throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"since\":\"2026-01-01T00:00:00Z\",\"until\":\"" + until
                        + "\",\"times\":3,\"said\":\"HTTP 403: no\"}");
    }

    private static RunHalted halted(Loading loading) {
        RunHalted halted = catchThrowableOfType(RunHalted.class, () -> loading.load("drop.csv", DROP));
        assertThat(halted.problem().code()).isEqualTo(Code.BLOCKED);
        return halted;
    }

    @Test
    void given_block_when_seen_then_the_message_is_for_support_and_nothing_more_is_sent() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.chunk-size=1")) {
            loading.sandbox().faults().next(Fault.named("403").on(Fault.Target.ANY), 100);
            assertThat(halted(loading))
                    .hasMessageContaining("HTTP 403")
                    .hasMessageContaining("support")
                    .hasMessageContaining("account 127.0.0.1")
                    .hasMessageContaining("blocked since 20")
                    .hasMessageContaining(file.toString());
            int sent = loading.sandbox().log().size();
            halted(loading);
            assertThat(loading.sandbox().log()).hasSize(sent);
            assertThat(sent).isLessThanOrEqualTo(5);
        }
        try (Loading next = Loading.start(home)) {
            halted(next);
            assertThat(next.sandbox().log()).isEmpty();
            Files.delete(file);
            Summary summary = next.load("drop.csv", DROP);
            assertThat(summary.exitStatus()).isZero();
            assertThat(next.names()).hasSize(6);
        }
    }

    @Test
    void given_block_when_its_pause_is_over_then_a_single_request_tests_it() throws Exception {
        blockedUntil(Instant.now().minusSeconds(1));
        try (Loading loading = Loading.start(home, "kommo.chunk-size=1")) {
            loading.sandbox().faults().next(Fault.named("403").on(Fault.Target.ANY), 100);
            halted(loading);
            assertThat(loading.sandbox().log()).hasSize(1);
        }
        JsonNode kept = new ObjectMapper().readTree(file.toFile());
        assertThat(kept.get("times").asInt()).isEqualTo(4);
        assertThat(kept.get("since").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(Instant.parse(kept.get("until").asText()))
                .isAfter(Instant.now().plus(Duration.ofMinutes(5)));
    }

    @Test
    void given_block_when_an_answer_is_good_then_it_is_lifted() throws Exception {
        blockedUntil(Instant.now().minusSeconds(1));
        try (Loading loading = Loading.start(home, "kommo.chunk-size=1")) {
            assertThat(loading.load("drop.csv", DROP).exitStatus()).isZero();
            assertThat(loading.names()).hasSize(6);
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void given_unreadable_block_file_when_started_then_it_counts_as_a_block() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "?");
        try (Loading loading = Loading.start(home, "kommo.chunk-size=1")) {
            loading.sandbox().faults().next(Fault.named("403").on(Fault.Target.ANY), 100);
            halted(loading);
            assertThat(loading.sandbox().log()).hasSize(1);
        }
    }

    @Test
    void given_block_when_run_then_the_inbox_pauses_and_the_status_is_1() throws Exception {
        blockedUntil(Instant.now().plusSeconds(600));
        Path drop = Files.createDirectories(home.resolve("inbox")).resolve("drop.csv");
        Files.writeString(drop, DROP);
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
            assertThat(loading.drop().runs().exitStatus()).isEqualTo(1);
            assertThat(loading.sandbox().log()).isEmpty();
            assertThat(drop).exists();
        }
    }
}
