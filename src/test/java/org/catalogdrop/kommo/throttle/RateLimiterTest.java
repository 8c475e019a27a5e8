package org.catalogdrop.kommo.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one pace: warnings, blocks and the stop. */
class RateLimiterTest {

    private Instant now = Instant.parse("2026-03-01T12:00:00Z");
    private final BlockStore memory = new TransientBlockMemory();
    private final RateLimiter pace = pace();

    private RateLimiter pace() {
        return new RateLimiter(0, () -> now, memory);
    }

    private static Reply.Received reply(int status, String body, String retryAfter) {
        return new Reply.Received(status, body.getBytes(StandardCharsets.UTF_8), true, retryAfter, "");
    }

    private Duration answered(RateLimiter by, Reply.Received reply) throws InterruptedException {
        by.awaitTurn();
        try {
            by.requestSent();
            return by.onResponse(reply);
        } finally {
            by.endTurn();
        }
    }

    private void blocked() throws InterruptedException {
        answered(pace, reply(403, "<html>403 Forbidden</html>", ""));
    }

    private void assertNothingIsSent(RateLimiter by) {
        assertThatThrownBy(by::awaitTurn).isInstanceOf(RunHalted.class).hasMessageContaining("403");
        by.endTurn();
        assertThat(by.underWay()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "7; ''; 7",
                "''; {\"title\":\"Too Many Requests\",\"retry_after\":300}; 300",
                "Sun, 01 Mar 2026 12:00:42 GMT; ''; 42",
                "soon; {\"retry_after\": \"9\"}; 9",
                "Sun, 01 Mar 2026 11:00:00 GMT; ''; 0",
                "''; <html>429</html>; 0",
                "999999999; ''; 86400"
            })
    void pause_of_the_answer_is_kept(String header, String body, long seconds) {
        Reply.Received reply = reply(429, body, header);
        assertThat(RetryAfter.of(reply, now)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void warning_pauses_all_and_a_stop_ends_the_pause() throws Exception {
        assertThat(answered(pace, reply(429, "", "600"))).isEqualTo(Duration.ofMinutes(10));
        assertThat(pace.state().pausedUntil()).isPresent();
        CompletableFuture<Void> waiting = CompletableFuture.runAsync(() -> {
            try {
                pace.awaitTurn();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                pace.endTurn();
            }
        });
        CompletableFuture<Void> resting = CompletableFuture.runAsync(() -> {
            try {
                pace.pause(Duration.ofHours(1));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        pace.stop();

        for (CompletableFuture<Void> one : java.util.List.of(waiting, resting)) {
            CompletionException ended =
                    catchThrowableOfType(CompletionException.class, () -> one.orTimeout(20, TimeUnit.SECONDS)
                            .join());
            assertThat(((RunHalted) ended.getCause()).problem().code()).isEqualTo(Code.STOPPED);
        }
        assertThat(pace.underWay()).isZero();
    }

    @Test
    void block_stops_the_next_process_too() throws Exception {
        blocked();
        assertNothingIsSent(pace);
        assertNothingIsSent(pace());
        assertThat(pace.state().block()).isEqualTo(memory.recall());
    }

    @Test
    void single_request_tests_a_block_after_a_growing_pause() throws Exception {
        blocked();
        for (long minutes : new long[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            now = now.plus(Duration.ofMinutes(minutes)).minusSeconds(1);
            assertNothingIsSent(pace);
            now = now.plusSeconds(1);
            blocked();
        }
        assertThat(memory.recall().orElseThrow().times()).isEqualTo(9);
        assertThat(memory.recall().orElseThrow().since()).isEqualTo(Instant.parse("2026-03-01T12:00:00Z"));

        now = now.plus(Duration.ofHours(1));
        answered(pace, reply(200, "{}", ""));
        assertThat(memory.recall()).isEmpty();
    }

    @Test
    void while_one_request_tests_a_block_the_others_wait() throws Exception {
        blocked();
        now = now.plus(Duration.ofMinutes(1));
        pace.awaitTurn();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            try {
                pace.awaitTurn();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                pace.endTurn();
            }
        });
        assertThatThrownBy(() -> other.get(50, TimeUnit.MILLISECONDS))
                .isInstanceOf(java.util.concurrent.TimeoutException.class);
        pace.onResponse(reply(403, "", ""));
        pace.endTurn();
        assertThatThrownBy(() -> other.get(20, TimeUnit.SECONDS)).hasRootCauseInstanceOf(RunHalted.class);
    }

    @Test
    void block_is_lifted_when_its_file_is_deleted() throws Exception {
        blocked();
        memory.forget();
        assertThat(pace.blocked()).isEmpty();
        answered(pace, reply(200, "{}", ""));
        assertThat(pace.underWay()).isZero();
    }

    @Test
    void several_web_pages_instead_of_answers_are_a_block_but_one_is_not() throws Exception {
        Reply.Received page = reply(200, "<html>Log in</html>", "");
        answered(pace, page);
        answered(pace, page);
        answered(pace, reply(200, "{}", ""));
        answered(pace, page);
        answered(pace, page);
        assertThat(pace.blocked()).isEmpty();
        answered(pace, page);
        assertThat(pace.blocked()).isPresent();
    }

    @Test
    void request_within_a_request_counts_by_itself() throws Exception {
        pace.awaitTurn();
        answered(pace, reply(200, "{}", ""));
        assertThat(pace.underWay()).isEqualTo(1);
        pace.endTurn();
        assertThat(pace.underWay()).isZero();
    }
}
