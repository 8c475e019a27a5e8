package org.catalogdrop.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.catalogdrop.sandbox.Caller.items;
import static org.catalogdrop.sandbox.Caller.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.catalogdrop.sandbox.Caller;
import org.catalogdrop.sandbox.LoggedRequest;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultQueueTest {
    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.defaults().withRequestsPerSecond(0));
        caller = new Caller(sandbox);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "504_before, 504, 0, <html>",
        "504, 504, 0, <html>",
        "504_after, 504, 6, <html>",
        "502_prefix, 502, 3, <html>",
        "503_before, 503, 0, <html>",
        "500_after, 500, 6, <html>",
        "429, 429, 0, <html>",
        "401, 401, 0, {",
        "402, 402, 0, {",
        "403, 403, 0, <html>",
        "400, 400, 0, {",
        "html, 200, 6, <html>",
        "empty, 200, 6, ''",
    })
    void status_does_not_depend_on_what_was_applied(String name, int status, int applied, String body)
            throws Exception {
        sandbox.faults().next(Fault.named(name));

        HttpResponse<String> answer = caller.post(Caller.adds(6));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).startsWith(body);
        assertThat(sandbox.store().count(4220)).isEqualTo(applied);
        LoggedRequest logged = sandbox.log().get(0);
        assertThat(logged.status()).isEqualTo(status);
        assertThat(logged.fault()).isEqualTo(name);
        assertThat(logged.items()).isEqualTo(6);
        assertThat(logged.ids()).hasSize(applied);
        assertThat(caller.post(Caller.adds(1)).statusCode()).as("once only").isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"drop_before, -1, 0", "drop_after, -1, 6", "drop_prefix, 2, 2", "drop_prefix, 9, 6"})
    void dropped_connection_ends_without_a_byte(String name, int number, int applied) throws Exception {
        sandbox.faults().next(Fault.named(name).number(number), 2);

        assertThatThrownBy(() -> caller.post(Caller.adds(6))).isInstanceOf(IOException.class);
        assertThat(sandbox.store().count(4220)).isEqualTo(applied);
        assertThat(rawAnswer(Caller.adds(6))).isEmpty();
        assertThat(sandbox.store().count(4220)).isEqualTo(applied * 2L);
        assertThat(sandbox.log()).extracting(LoggedRequest::status).containsExactly(0, 0);
        assertThat(sandbox.log().get(0).requestIds()).hasSize(applied);
    }

    /** What comes back on a bare socket until the other side ends it. */
    private String rawAnswer(String document) throws IOException {
        byte[] body = document.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.port())) {
            socket.setSoTimeout(3_000);
            String head = "POST /api/v2/catalog_elements HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + Caller.sandboxToken() + "\r\nContent-Length: " + body.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void truncated_answer_breaks_off_after_the_request_was_applied() throws Exception {
        sandbox.faults().next(Fault.named("truncated"), 2);

        assertThatThrownBy(() -> caller.post(Caller.adds(6))).isInstanceOf(IOException.class);
        String raw = rawAnswer(Caller.adds(6));
        assertThat(raw).startsWith("HTTP/1.1 200 OK");
        String part = raw.substring(raw.indexOf("\r\n\r\n") + 4);
        assertThat(part).startsWith("{\"_links\"");
        assertThatThrownBy(() -> Caller.JSON.readTree(part)).isInstanceOf(JsonProcessingException.class);
        assertThat(sandbox.store().count(4220)).isEqualTo(12);
    }

    @ParameterizedTest
    @CsvSource({
        "missing, 2, 6, '100,101,102,103'",
        "skipped, 2, 4, '100,101,102,103'",
        "doubled, 1, 6, '100,101,102,103,104,105,100'",
        "unknown, 1, 6, '100,101,102,103,104,105,2147483647'",
    })
    void items_can_be_answered_wrongly(String name, int number, int applied, String told) throws Exception {
        sandbox.faults().next(Fault.named(name).number(number));

        HttpResponse<String> answer = caller.post(Caller.adds(6));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(String.join(",", items(answer).findValuesAsText("request_id")))
                .isEqualTo(told);
        assertThat(sandbox.store().count(4220)).isEqualTo(applied);
        assertThat(sandbox.log().get(0).ids()).hasSize(applied);
    }

    @Test
    void items_can_be_answered_in_another_order() throws Exception {
        sandbox.faults().next(Fault.named("shuffled"));

        List<String> told = items(caller.post(Caller.adds(50))).findValuesAsText("request_id");
        assertThat(told)
                .doesNotHaveDuplicates()
                .hasSize(50)
                .isNotEqualTo(told.stream().sorted().toList());
    }

    @Test
    void delayed_request_is_applied_before_its_answer() throws Exception {
        sandbox.faults().next(Fault.named("delay").number(60_000));

        CompletableFuture<HttpResponse<String>> answer = caller.postLater(Caller.adds(1));
        waitForElements(1);
        assertThat(answer).isNotDone();
        sandbox.close();
        assertThat(answer).failsWithin(Duration.ofSeconds(3));
    }

    @Test
    void delayed_request_is_applied_though_the_client_has_gone() throws Exception {
        sandbox.faults().next(Fault.named("delay_apply").number(300));

        CompletableFuture<HttpResponse<String>> answer = caller.postLater(Caller.adds(1));
        while (sandbox.faults().pending() > 0) {
            Thread.onSpinWait();
        }
        answer.cancel(true);
        assertThat(sandbox.store().created()).isZero();
        waitForElements(1);
    }

    private void waitForElements(long count) {
        long end = System.nanoTime() + 3_000_000_000L;
        while (sandbox.store().created() < count && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(sandbox.store().created()).isEqualTo(count);
    }

    @Test
    void fault_waits_for_a_matching_request() throws Exception {
        sandbox.faults().next(Fault.named("504_before").atLeast(3));
        sandbox.faults().next(Fault.named("503").on(Fault.Target.GET).body(Fault.Body.EMPTY));
        sandbox.faults().next(Fault.named("missing").on(Fault.Target.ANY));

        HttpResponse<String> read = caller.get("?catalog_id=4220");
        assertThat(read.statusCode()).isEqualTo(503);
        assertThat(read.body()).isEmpty();
        assertThat(caller.get("?catalog_id=4220").statusCode()).isEqualTo(204);
        assertThat(items(caller.post(Caller.adds(2)))).hasSize(1);
        assertThat(caller.post(Caller.adds(3)).statusCode()).isEqualTo(504);
        assertThat(sandbox.faults().pending()).isZero();
    }

    @Test
    void same_seed_has_the_same_faults() throws Exception {
        List<Integer> first = statuses();
        assertThat(first).contains(200, 504, 503);
        assertThat(statuses()).isEqualTo(first);
        sandbox.faults().clear();
        assertThat(caller.post(Caller.adds(1)).statusCode()).isEqualTo(200);
    }

    private List<Integer> statuses() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        caller.control("POST", "/sandbox/faults", "{'random':{'seed':42,'rates':{'504_after':0.3,'503':0.3}}}");
        for (int i = 0; i < 40; i++) {
            statuses.add(caller.post(Caller.adds(1)).statusCode());
        }
        return statuses;
    }

    @Test
    void wrong_names_and_chances_are_reported_at_once() {
        assertThatThrownBy(() -> Fault.named("drop"))
                .hasMessageStartingWith("unknown fault 'drop'; the faults are CODE_before, ");
        assertThatThrownBy(() -> Fault.named("199")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Fault.named("missing").on(Fault.Target.GET))
                .hasMessageContaining("cannot happen to a GET");
        assertThatThrownBy(() -> sandbox.faults().randomly(1, Map.of(Fault.named("504"), 1.5)))
                .hasMessageContaining("expected 0 to 1");
        assertThatThrownBy(() -> sandbox.faults().randomly(1, Map.of(Fault.named("504"), 0.7, Fault.named("503"), 0.7)))
                .hasMessageContaining("add up to 1.4");
    }

    @Test
    void whole_refusal_applies_nothing_whatever_the_fault() throws Exception {
        sandbox.faults().next(Fault.named("504_after"));

        assertThat(caller.post(Caller.adds(300)).statusCode()).isEqualTo(504);
        assertThat(sandbox.store().created()).isZero();
        assertThat(json(caller.post("{}")).at("/response/error_code").asText()).isEqualTo("222");
    }
}
