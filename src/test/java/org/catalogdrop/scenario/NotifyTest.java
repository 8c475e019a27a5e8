package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.RouteBuilder;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drop that has ended is reported to {@code drop.notify} and to {@code direct:catalog-finished}, and holds nothing. */
class NotifyTest {

    private record Call(String method, String uri, String type, String headers, String body) {}

    @TempDir
    Path home;

    private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
    private final BlockingQueue<Integer> statuses = new LinkedBlockingQueue<>();
    private HttpServer hook;

    @BeforeEach
    void open() throws IOException {
        hook = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hook.createContext("/", exchange -> {
            try (exchange) {
                calls.add(new Call(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        exchange.getRequestHeaders().entrySet().toString(),
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
                Integer status = statuses.poll();
                exchange.sendResponseHeaders(status == null ? 200 : status, -1);
            }
        });
        hook.start();
    }

    @AfterEach
    void close() {
        hook.stop(0);
    }

    private Loading start() throws Exception {
        return Loading.start(
                home, "drop.notify=http://127.0.0.1:" + hook.getAddress().getPort() + "/hook/T00?key=a%20b&x=1");
    }

    private Call call() throws InterruptedException {
        Call call = calls.poll(30, TimeUnit.SECONDS);
        assertThat(call).as("a call of drop.notify").isNotNull();
        return call;
    }

    @Test
    void finished_drop_posts_its_summary_json_and_no_token() throws Exception {
        try (Loading loading = start()) {
            Summary summary = loading.load("drop.csv", "name\na\n,x\n");
            Call call = call();
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.uri()).isEqualTo("/hook/T00?key=a%20b&x=1");
            assertThat(call.type()).isEqualTo("application/json");
            assertThat(call.body())
                    .isEqualTo(Files.readString(home.resolve("outbox/" + summary.folder() + "/summary.json")));
            assertThat(call.headers() + call.body()).doesNotContain(Loading.TOKEN);
            assertThat(loading.sandbox().log())
                    .noneMatch(request -> request.toString().contains("hook"));
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void refused_drop_posts_its_refusal() throws Exception {
        try (Loading loading = start()) {
            assertThat(loading.load("drop.csv", "").refusal()).isPresent();
            JsonNode json = new ObjectMapper().readTree(call().body());
            assertThat(json.path("drop").asText()).isEqualTo("drop.csv");
            assertThat(json.path("refusal").path("code").asText()).isNotEmpty();
        }
    }

    @Test
    void given_a_drop_that_cannot_be_moved_when_it_is_tried_again_then_its_end_is_told_once() throws Exception {
        String url = "http://127.0.0.1:" + hook.getAddress().getPort() + "/hook";
        try (Loading loading = Loading.watchOn(home, "drop.notify=" + url)) {
            Path archive = home.resolve("archive");
            Files.delete(archive);
            Files.createFile(archive);
            Path drop = Files.writeString(home.resolve("inbox/one.csv"), "name\na\n");
            assertThat(call().body()).contains("\"drop\": \"one.csv\"");

            Files.delete(archive);
            // Another time, so that it is tried at once.
            while (Files.exists(drop)) {
                Thread.sleep(100);
                try {
                    Files.setLastModifiedTime(drop, FileTime.from(Instant.now()));
                } catch (NoSuchFileException moved) {
                    break;
                }
            }
            assertThat(archive.resolve("one.csv")).exists();
            Files.writeString(home.resolve("inbox/two.csv"), "name\nb\n");

            assertThat(call().body()).contains("\"drop\": \"two.csv\"");
            assertThat(loading.names()).containsExactly("a", "b");
        }
    }

    @Test
    void receiver_that_fails_is_tried_again_and_the_drops_stay_in_order() throws Exception {
        statuses.add(503);
        statuses.add(429);
        try (Loading loading = start()) {
            loading.load("one.csv", "name\na\n");
            loading.load("two.csv", "name\nb\n");
            for (String drop : new String[] {"one.csv", "one.csv", "one.csv", "two.csv"}) {
                assertThat(call().body()).contains("\"drop\": \"" + drop + "\"");
            }
        }
        assertThat(calls).isEmpty();
    }

    @Test
    void receiver_that_does_not_want_it_is_not_asked_again() throws Exception {
        statuses.add(404);
        statuses.add(302);
        try (Loading loading = start()) {
            loading.load("one.csv", "name\na\n");
            loading.load("two.csv", "name\nb\n");
            loading.load("three.csv", "name\nc\n");
            for (String drop : new String[] {"one.csv", "two.csv", "three.csv"}) {
                assertThat(call().body()).contains("\"drop\": \"" + drop + "\"");
            }
        }
        assertThat(calls).isEmpty();
    }

    @Tag("slow")
    @Test
    void receiver_that_never_answers_holds_neither_the_load_nor_the_end_for_long() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Loading loading = Loading.start(home, "drop.notify=http://127.0.0.1:" + silent.getLocalPort() + "/");
            Instant begun = Instant.now();
            assertThat(loading.load("drop.csv", "name\na\n").count(Status.CREATED))
                    .isEqualTo(1);
            assertThat(loading.load("next.csv", "name\nb\n").count(Status.CREATED))
                    .isEqualTo(1);
            Instant loaded = Instant.now();
            loading.close();
            assertThat(Duration.between(begun, loaded)).isLessThan(Duration.ofSeconds(20));
            assertThat(Duration.between(loaded, Instant.now())).isLessThan(Duration.ofSeconds(15));
        }
    }

    @Test
    void route_of_the_operator_gets_each_summary_and_its_faults_change_nothing() throws Exception {
        BlockingQueue<Summary> got = new LinkedBlockingQueue<>();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        try (Loading loading = Loading.start(home)) {
            loading.load("before.csv", "name\nz\n");
            loading.context().addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:catalog-finished").process(exchange -> {
                        lines.add(exchange.getVariable("catalog-summary", String.class));
                        got.add(exchange.getMessage().getBody(Summary.class));
                        throw new IllegalStateException("the mail server is away");
                    });
                }
            });
            Summary first = loading.load("drop.csv", "name\na\n");
            assertThat(got.poll(30, TimeUnit.SECONDS)).isEqualTo(first);
            assertThat(lines.poll(30, TimeUnit.SECONDS)).startsWith("drop.csv: 1 row (1 created)");
            Summary refused = loading.load("drop.csv", "name\na\n");
            assertThat(got.poll(30, TimeUnit.SECONDS)).isEqualTo(refused);
            assertThat(lines.poll(30, TimeUnit.SECONDS)).startsWith("drop.csv: refused (already_loaded)");
        }
        assertThat(got).isEmpty();
    }
}
