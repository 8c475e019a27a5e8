package org.catalogdrop.kommo.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.SandboxSettings;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pace as the API sees it: how many arrive, how many are under way, and what a stop does. */
class PaceOnTheWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path home;

    private static String drop(int rows) {
        StringBuilder drop = new StringBuilder("name\n");
        for (int i = 1; i <= rows; i++) {
            drop.append("n").append(i).append('\n');
        }
        return drop.toString();
    }

    private static RateLimiter pace(Loading loading) {
        return loading.context().getRegistry().lookupByNameAndType("catalog-pace", RateLimiter.class);
    }

    private static CompletableFuture<Summary> loadAside(Loading loading, int rows) {
        return CompletableFuture.supplyAsync(() -> loading.load("drop.csv", drop(rows)));
    }

    /** The API allows a twentieth more than is used, so that a busy machine's hiccup is no failure; a burst would be. */
    @Test
    void load_at_the_full_rate_is_never_warned() throws Exception {
        SandboxSettings api = Loading.sandboxSettings().withRequestsPerSecond(21);
        try (Loading loading = Loading.start(home, api, "kommo.requests-per-second=20", "kommo.chunk-size=1")) {
            assertThat(loading.load("drop.csv", drop(50)).exitStatus()).isZero();

            assertThat(loading.posts()).hasSize(50).allMatch(request -> request.status() == 200);
            List<Instant> times =
                    loading.posts().stream().map(LoggedRequest::time).toList();
            assertThat(Duration.between(times.get(0), times.get(times.size() - 1)))
                    .isGreaterThan(Duration.ofMillis(2350));
        }
    }

    @Test
    void reserve_is_left_to_other_programs() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.requests-per-second=20", "kommo.reserve=50%")) {
            assertThat(pace(loading).state().requestsPerSecond()).isEqualTo(10);
        }
    }

    @Test
    void slow_answers_raise_the_number_of_requests_under_way() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.requests-per-second=40", "kommo.chunk-size=1")) {
            loading.sandbox().faults().randomly(1, Map.of(Fault.named("delay").number(400), 1.0));
            CompletableFuture<Summary> load = loadAside(loading, 40);
            int most = 0;
            while (!load.isDone()) {
                most = Math.max(most, pace(loading).underWay());
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(load.get().exitStatus()).isZero();
            assertThat(most).isBetween(8, 32);
        }
    }

    @Test
    void set_number_of_requests_under_way_is_the_maximum() throws Exception {
        try (Loading loading =
                Loading.start(home, "kommo.requests-per-second=40", "kommo.chunk-size=1", "kommo.in-flight=2")) {
            loading.sandbox().faults().randomly(1, Map.of(Fault.named("delay").number(50), 1.0));
            CompletableFuture<Summary> load = loadAside(loading, 20);
            while (!load.isDone()) {
                assertThat(pace(loading).underWay()).isLessThanOrEqualTo(2);
                LockSupport.parkNanos(1_000_000);
            }
            assertThat(load.get().exitStatus()).isZero();
        }
    }

    @Test
    void stop_settles_requests_under_way_and_leaves_the_rest() throws Exception {
        try (Loading loading = Loading.start(home, "kommo.requests-per-second=1", "kommo.chunk-size=1")) {
            loading.sandbox().faults().next(Fault.named("delay").number(500));
            CompletableFuture<Summary> load = loadAside(loading, 20);
            Instant deadline = Instant.now().plus(PATIENCE);
            while (loading.sandbox().faults().pending() > 0 && Instant.now().isBefore(deadline)) {
                LockSupport.parkNanos(1_000_000);
            }
            // The host stops; nobody tells us but it.
            loading.context().stop();

            assertThatThrownBy(() -> load.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .hasRootCauseInstanceOf(RunHalted.class)
                    .hasStackTraceContaining(Code.STOPPED.word().substring(0, 4));
            assertThat(loading.posts()).hasSize(1);
        }
        try (Loading next = Loading.start(home, "kommo.chunk-size=1")) {
            Summary summary = next.load("drop.csv", drop(20));
            assertThat(summary.exitStatus()).isZero();
            // The one that was under way is settled; what waited for its turn is not in doubt.
            assertThat(next.names()).hasSize(19);
            assertThat(next.reads()).isEmpty();
        }
    }
}
