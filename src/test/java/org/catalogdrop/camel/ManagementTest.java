package org.catalogdrop.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the management port tells. */
class ManagementTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    Path home;

    private Loading loading;
    private Management management;
    private int port;

    private void open(String... settings) throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        loading = Loading.start(home, settings);
        management = Management.open(
                        loading.context(),
                        loading.drop().vitals(),
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .orElseThrow();
    }

    @AfterEach
    void close() throws IOException {
        management.close();
        loading.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String check(String name, int status) throws Exception {
        HttpResponse<String> answer = get("/health/" + name);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        JsonNode check =
                new ObjectMapper().readTree(answer.body()).path("checks").path(0);
        assertThat(check.path("name").asText()).isEqualTo(name);
        return check.path("message").asText();
    }

    private String metrics() throws Exception {
        return get("/metrics").body();
    }

    @Test
    void after_a_load_all_checks_are_good_and_metrics_equal_the_summary() throws Exception {
        open("kommo.chunk-size=2");
        Summary summary = loading.load("drop.csv", "name\na\nb\nc\n,x\n");
        HttpResponse<String> health = get("/health");
        assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
        assertThat(health.body()).startsWith("{\"status\":\"UP\"").doesNotContain(Loading.TOKEN);
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThat(get("/health/none").statusCode()).isEqualTo(404);
        assertThat(check("api", 200)).contains("HTTP 200");
        assertThat(metrics())
                .contains("catalog_drop_requests_total{status=\"200\"} " + (double) summary.requests())
                // The list is empty when it is read before its first add.
                .contains("catalog_drop_requests_total{status=\"204\"} " + (double) summary.reads())
                .contains("catalog_drop_rows_total{outcome=\"created\"} 3.0")
                .contains("catalog_drop_rows_total{outcome=\"rejected\"} 1.0")
                .contains("catalog_drop_drops_total{end=\"finished\"} 1.0")
                .contains("catalog_drop_in_flight 0.0")
                .contains("catalog_drop_chunk_rows 2.0")
                .doesNotContain(Loading.TOKEN);
    }

    @Test
    void the_paths_of_camels_observability_services_answer_too() throws Exception {
        open();
        for (String path : List.of("/health", "/health/live", "/health/ready", "/health/disk", "/metrics")) {
            assertThat(get("/observe" + path).statusCode()).as(path).isEqualTo(200);
            assertThat(get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(get("/observe/metrics").body())
                .contains(
                        "jvm_memory_used_bytes{",
                        "jvm_gc_",
                        "jvm_threads_live_threads",
                        "process_cpu_usage",
                        "process_uptime_seconds");
        assertThat(get("/observe").statusCode()).isEqualTo(404);
    }

    @Test
    void answers_are_in_the_histogram_by_method() throws Exception {
        open("kommo.chunk-size=2");
        Summary summary = loading.load("drop.csv", "name\na\nb\nc\n");
        assertThat(metrics())
                .contains("catalog_drop_request_duration_seconds_count{method=\"POST\"} " + summary.requests())
                .contains("catalog_drop_request_duration_seconds_count{method=\"GET\"} " + summary.reads())
                .contains("catalog_drop_request_duration_seconds_bucket{method=\"POST\",le=\"60.0\"} "
                        + summary.requests())
                .contains("catalog_drop_reconciliations_total 0.0");
    }

    @Test
    void drops_in_the_inbox_are_counted_and_the_oldest_has_an_age() throws Exception {
        open();
        Path inbox = Files.createDirectories(home.resolve("inbox"));
        Files.writeString(inbox.resolve("a.csv"), "name\na\n");
        Files.writeString(inbox.resolve("b.csv"), "name\nb\n");
        Files.writeString(inbox.resolve("notes.txt"), "no drop");
        assertThat(metrics())
                .contains("catalog_drop_inbox_drops 2.0")
                .containsPattern("catalog_drop_inbox_oldest_seconds \\d");
        assertThat(check("inbox", 200)).startsWith("2 drops in the inbox");
    }

    @Test
    void block_and_bad_token_are_reported_without_a_request() throws Exception {
        open();
        loading.sandbox().faults().next(Fault.named("403"));
        assertThatThrownBy(() -> loading.load("drop.csv", "name\na\n")).isInstanceOf(RunHalted.class);
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(check("block", 503)).contains("support");
        assertThat(get("/health/live").statusCode()).isEqualTo(200);
        assertThatThrownBy(() -> loading.load("drop.csv", "name\na\n")).isInstanceOf(RunHalted.class);
        assertThat(loading.posts()).hasSize(1);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(metrics()).contains("catalog_drop_in_flight 0.0", "catalog_drop_check_up{check=\"block\"} 0.0");
        // As a person does when support has lifted the block.
        Files.delete(home.resolve("state/blocked.json"));
        loading.sandbox().faults().next(Fault.named("401"));
        assertThatThrownBy(() -> loading.load("drop.csv", "name\na\n")).isInstanceOf(RunHalted.class);
        assertThat(check("token", 503)).contains("401");
        assertThat(check("block", 200)).isNotEmpty();
        assertThat(loading.posts()).hasSize(2);
        assertThat(metrics()).contains("catalog_drop_requests_total{status=\"403\"} 1.0");
    }

    @Tag("slow")
    @Test
    void api_without_answers_is_reported() throws Exception {
        open();
        loading.sandbox().faults().next(Fault.named("503_before").on(Fault.Target.ANY), 100);
        assertThatThrownBy(() -> loading.load("drop.csv", "action,id,name\nupdate,1,a\n"))
                .isInstanceOf(RunHalted.class);
        assertThat(check("api", 503)).contains("requests in a row", "HTTP 503");
    }

    @Test
    void token_near_its_end_is_reported() throws Exception {
        Path file = home.resolve("token");
        Files.writeString(file, jwt(Duration.ofDays(6)));
        open("kommo.access-token=", "kommo.access-token-file=" + file);
        assertThat(check("token", 503)).contains("valid until");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        Files.writeString(file, jwt(Duration.ofDays(8)));
        assertThat(check("token", 200)).contains("valid until");
        assertThat(metrics()).containsPattern("catalog_drop_token_seconds_left 69\\d{4}\\.");
    }

    private static String jwt(Duration left) {
        String claims = "{\"exp\":" + Instant.now().plus(left).getEpochSecond() + "}";
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".c2ln";
    }

    @Test
    void full_disk_is_reported() throws Exception {
        open("drop.free-space=" + (1 << 20) + "GiB");
        loading.load("drop.csv", "name\na\n");
        assertThat(check("disk", 503)).contains("Free up disk space");
    }

    @Test
    void rows_in_doubt_are_reported() throws Exception {
        open();
        loading.load("first.csv", "name\nb\n");
        loading.sandbox().faults().next(Fault.named("504_prefix").number(1));
        loading.sandbox().store().put(Loading.LIST, "a", List.of());
        Summary summary = loading.load("drop.csv", "name\na\n");
        assertThat(summary.exitStatus()).isEqualTo(5);
        assertThat(check("in-doubt", 503)).contains("results.csv");
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(metrics()).contains("catalog_drop_reconciliations_total 1.0");
    }

    @Test
    void given_several_accounts_then_checks_and_metrics_name_theirs_and_one_that_is_down_leaves_the_process_ready()
            throws Exception {
        open();
        management.close();
        management = Management.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Optional.empty())
                .orElseThrow();
        Runnable hide = management.show(
                Optional.of("lviv"), loading.context(), loading.drop().vitals());
        management.showMissing(() -> Map.of("odesa", "its settings are wrong"));
        loading.load("drop.csv", "name\na\n");

        JsonNode checks = new ObjectMapper().readTree(get("/health").body()).path("checks");
        assertThat(checks.findValuesAsText("name")).contains("lviv/block", "lviv/inbox", "odesa/running");
        assertThat(checks.findValuesAsText("account")).contains("lviv", "odesa");
        assertThat(get("/health").statusCode()).isEqualTo(503);
        assertThat(get("/health/ready").statusCode()).isEqualTo(200);
        assertThat(get("/health/lviv").statusCode()).isEqualTo(200);
        assertThat(get("/health/odesa").body()).contains("its settings are wrong");
        assertThat(check("lviv/block", 200)).isEqualTo("not blocked");
        assertThat(metrics()).contains("catalog_drop_rows_total{account=\"lviv\",outcome=\"created\"} 1.0");

        hide.run();
        assertThat(metrics()).doesNotContain("lviv");
        assertThat(get("/health/lviv").statusCode()).isEqualTo(404);
        assertThat(get("/health/ready").statusCode()).isEqualTo(503);
    }
}
