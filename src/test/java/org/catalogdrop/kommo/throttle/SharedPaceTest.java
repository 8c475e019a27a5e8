package org.catalogdrop.kommo.throttle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One rate limit for all processes of a machine. */
class SharedPaceTest {

    private static final String ACCOUNT = "https://acme.kommo.com";
    private static final String TOKEN = "t0ken";
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path folder;

    private final List<String> faults = Collections.synchronizedList(new ArrayList<>());

    private RateLimiter pace(double rate) {
        return pace(rate, InstantSource.system());
    }

    private RateLimiter pace(double rate, InstantSource clock) {
        return new RateLimiter(
                rate, clock, new TransientBlockMemory(), Optional.of(RateLimitFile.of(folder, ACCOUNT, faults::add)));
    }

    private Path file() {
        return folder.resolve("catalog-drop-acme.kommo.com.pace");
    }

    private static Reply.Received reply(int status) {
        return new Reply.Received(status, "{}".getBytes(StandardCharsets.UTF_8), true, "", "");
    }

    private static Duration answered(RateLimiter by, int status) throws InterruptedException {
        by.awaitTurn();
        try {
            by.requestSent();
            return by.onResponse(reply(status));
        } finally {
            by.endTurn();
        }
    }

    /** Sends so many requests by each of the paces, at once; returns when each left. */
    private static List<Long> sent(List<RateLimiter> paces, int each) throws Exception {
        List<Long> dates = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newFixedThreadPool(paces.size());
        try {
            List<Future<?>> all = new ArrayList<>();
            for (RateLimiter pace : paces) {
                all.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        pace.awaitTurn();
                        dates.add(System.nanoTime());
                        pace.requestSent();
                        pace.endTurn();
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        return dates.stream().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10})
    void given_many_limiters_of_an_account_when_all_send_at_once_then_together_they_keep_the_rate(int count)
            throws Exception {
        List<RateLimiter> paces = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            paces.add(pace(40));
        }
        List<Long> dates = sent(paces, 100 / count);

        for (int i = 40; i < dates.size(); i++) {
            assertThat(dates.get(i) - dates.get(i - 40)).isGreaterThan(SECOND);
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void given_one_limiter_when_it_sends_then_it_keeps_the_rate() throws Exception {
        List<Long> dates = sent(List.of(pace(10)), 31);

        assertThat(dates.get(30) - dates.get(0)).isGreaterThanOrEqualTo(3 * SECOND);
    }

    @Test
    void given_limiters_of_different_rates_when_both_send_then_the_lowest_applies_and_neither_starves()
            throws Exception {
        RateLimiter quick = pace(200);
        RateLimiter slow = pace(20);
        slow.awaitTurn();
        slow.requestSent();
        slow.endTurn();
        List<Long> dates = sent(List.of(quick, slow), 15);

        for (int i = 20; i < dates.size(); i++) {
            assertThat(dates.get(i) - dates.get(i - 20)).isGreaterThan(SECOND);
        }
    }

    @Test
    void given_warning_of_one_limiter_when_the_other_sends_then_it_pauses_too() throws Exception {
        RateLimiter warned = pace(100);
        RateLimiter other = pace(100);
        answered(other, 200);
        Duration pause = answered(warned, 429);

        assertThat(pause).isPositive();
        assertThat(other.state().pausedUntil()).isPresent();
        assertThat(other.state().share()).isLessThan(1);
        long before = System.nanoTime();
        answered(other, 200);
        assertThat(System.nanoTime() - before).isGreaterThan(pause.toNanos() / 2);
    }

    @Test
    void given_block_seen_by_one_limiter_when_the_other_sends_then_it_halts_until_the_first_sees_it_lifted()
            throws Exception {
        Instant[] now = {Instant.now()};
        RateLimiter blocked = pace(100, () -> now[0]);
        RateLimiter other = pace(100, () -> now[0]);
        answered(blocked, 403);

        assertThatThrownBy(other::awaitTurn).isInstanceOf(RunHalted.class).hasMessageContaining("403");
        other.endTurn();
        assertThat(other.blocked()).isPresent();

        now[0] = now[0].plusSeconds(61);
        blocked.awaitTurn();
        assertThat(other.blocked()).isEmpty();
        blocked.requestSent();
        blocked.onResponse(reply(200));
        blocked.endTurn();
        answered(other, 200);
        assertThat(other.state().block()).isEmpty();
    }

    @Test
    void given_block_and_two_limiters_when_one_sees_it_lifted_then_the_other_sends_too() throws Exception {
        Instant[] now = {Instant.now()};
        RateLimiter first = pace(100, () -> now[0]);
        RateLimiter other = pace(100, () -> now[0]);
        answered(first, 403);
        now[0] = now[0].plusSeconds(61);
        answered(other, 200);
        assertThat(first.state().block()).isEmpty();
        answered(first, 200);
    }

    @Test
    void given_foreign_file_when_sending_then_it_is_left_unchanged_and_reported_once() throws Exception {
        Files.writeString(file(), "a letter to grandmother");
        sent(List.of(pace(100)), 5);

        assertThat(file()).hasContent("a letter to grandmother");
        assertThat(faults).hasSize(1).first().asString().contains(file().toString(), "kommo.pace-folder");
    }

    @Test
    void given_file_of_another_version_when_sending_then_it_is_replaced() throws Exception {
        byte[] other = new byte[100];
        System.arraycopy("CDPACE".getBytes(StandardCharsets.US_ASCII), 0, other, 0, 6);
        other[7] = 1;
        Files.write(file(), other);
        long before = System.nanoTime();
        sent(List.of(pace(100)), 1);

        assertThat(System.nanoTime() - before)
                .as("nothing is known of the last second")
                .isGreaterThan(SECOND);
        assertThat(Files.readAllBytes(file())).isNotEqualTo(other);
        assertThat(faults).isEmpty();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void given_link_in_place_of_the_file_when_sending_then_its_target_is_never_touched() throws Exception {
        Path target = folder.resolve("precious");
        Files.createSymbolicLink(file(), target);
        sent(List.of(pace(100)), 5);

        assertThat(target).doesNotExist();
        assertThat(faults).hasSize(1);
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void given_any_umask_when_the_file_is_made_then_every_user_may_write_it() throws Exception {
        answered(pace(100), 200);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-rw-rw-");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 19, 20, 60, 120})
    void given_truncated_or_changed_file_when_sending_then_it_waits_at_most_a_second(int length) throws Exception {
        answered(pace(100), 200);
        byte[] bytes = Files.readAllBytes(file());
        byte[] cut = java.util.Arrays.copyOf(bytes, length < 20 && length > 0 ? bytes.length : length);
        if (length < 20 && length > 0) {
            cut[20 + length] ^= 1;
        }
        Files.write(file(), cut);
        long before = System.nanoTime();
        answered(pace(100), 200);

        assertThat(System.nanoTime() - before).isLessThan(3 * SECOND);
    }

    private Process process(Sandbox api, double rate, int requests) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PacedReader.class.getName(),
                        folder.toString(),
                        api.baseUrl(),
                        TOKEN,
                        Double.toString(rate),
                        Integer.toString(requests))
                .inheritIO()
                .start();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 10})
    @Tag("slow")
    void given_many_processes_when_all_send_at_once_then_the_api_never_warns(int count) throws Exception {
        SandboxSettings settings = SandboxSettings.defaults().withToken(TOKEN).withRequestsPerSecond(7);
        try (Sandbox api = Sandbox.start(settings)) {
            List<Process> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(process(api, 7, 70 / count));
            }
            for (Process one : all) {
                assertThat(one.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(one.exitValue()).isZero();
            }
            assertThat(api.log()).extracting(LoggedRequest::status).hasSize(70).containsOnly(200);
        }
    }

    @Test
    @Tag("slow")
    void given_five_processes_with_a_reserve_when_another_client_takes_its_share_then_the_api_never_warns()
            throws Exception {
        SandboxSettings settings = SandboxSettings.defaults().withToken(TOKEN).withRequestsPerSecond(7);
        try (Sandbox api = Sandbox.start(settings)) {
            List<Process> all = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                all.add(process(api, 3.5, 8));
            }
            HttpRequest request = HttpRequest.newBuilder(URI.create(api.baseUrl() + "/api/v2/account"))
                    .header("Authorization", "Bearer " + TOKEN)
                    .build();
            HttpClient client = HttpClient.newHttpClient();
            while (all.stream().anyMatch(Process::isAlive)) {
                long due = System.nanoTime() + 400_000_000;
                client.send(request, BodyHandlers.discarding());
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            }
            assertThat(all).extracting(Process::exitValue).containsOnly(0);
            assertThat(api.log()).extracting(LoggedRequest::status).containsOnly(200);
        }
    }

    @Test
    @Tag("slow")
    void given_process_killed_amid_its_requests_when_another_sends_then_it_is_not_stuck() throws Exception {
        SandboxSettings settings = SandboxSettings.defaults().withToken(TOKEN).withRequestsPerSecond(0);
        try (Sandbox api = Sandbox.start(settings)) {
            for (int i = 0; i < 3; i++) {
                Process killed = process(api, 20, 1000);
                int before = api.log().size();
                while (api.log().size() < before + 10) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                killed.destroyForcibly().waitFor();
            }
            long begun = System.nanoTime();
            RateLimiter pace = PacedReader.pace(folder, api.baseUrl(), 20);
            for (int i = 0; i < 20; i++) {
                answered(pace, 200);
            }
            assertThat(System.nanoTime() - begun).isLessThan(5 * SECOND);
        }
    }
}
