package org.catalogdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.sandbox.Caller.json;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.catalogdrop.sandbox.fault.Switch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessGateTest {
    private final Caller.Stopped clock = new Caller.Stopped();
    private Sandbox sandbox;
    private Caller caller;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.defaults()
                .withRequestsPerSecond(2)
                .withBanAfter(3)
                .withClock(clock));
        caller = new Caller(sandbox);
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    private int status() throws Exception {
        return caller.get("?catalog_id=4220").statusCode();
    }

    @Test
    void gate_accepts_the_rate_in_any_second() throws Exception {
        assertThat(status()).isEqualTo(204);
        clock.forward(Duration.ofMillis(500));
        assertThat(status()).isEqualTo(204);
        clock.forward(Duration.ofMillis(499));
        assertThat(caller.post(Caller.adds(1)).statusCode()).isEqualTo(429);
        clock.forward(Duration.ofMillis(1));
        assertThat(status()).isEqualTo(204);
        assertThat(status()).isEqualTo(429);
        assertThat(sandbox.store().created()).isZero();
        assertThat(sandbox.stats().peakPerSecond()).isEqualTo(4);
    }

    @Test
    void too_many_requests_is_answered_as_a_page_or_as_a_problem() throws Exception {
        status();
        status();
        HttpResponse<String> page = caller.get("?catalog_id=4220");
        assertThat(page.body()).startsWith("<html>").contains("429 Too Many Requests");
        assertThat(page.headers().firstValue("Retry-After")).isEmpty();
        sandbox.turn(Switch.TooMany.JSON);
        assertThat(json(caller.get("?catalog_id=4220")).get("retry_after").asInt())
                .isEqualTo(1);
    }

    @Test
    void client_that_ignores_warnings_is_blocked_until_lifted() throws Exception {
        for (int i = 0; i < 5; i++) {
            status();
        }
        clock.forward(Duration.ofHours(1));
        HttpResponse<String> banned = caller.get("?catalog_id=4220");
        assertThat(banned.statusCode()).isEqualTo(403);
        assertThat(banned.body()).contains("<h1>403 Forbidden</h1>");
        caller.control("POST", "/sandbox/lift", "");
        assertThat(status()).isEqualTo(204);
    }

    @Test
    void wrong_token_is_refused() throws Exception {
        HttpResponse<String> answer = caller.send("POST", "/api/v2/catalog_elements", "x".repeat(200_000), "wrong");
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body())
                .isEqualTo("{\"title\":\"Unauthorized\",\"type\":\"https://httpstatus.es/401\",\"status\":401,"
                        + "\"detail\":\"Invalid user name or password\"}");
    }

    @Test
    void only_own_addresses_are_served() throws Exception {
        assertThat(caller.send("GET", "/api/v4/catalogs", "", Caller.sandboxToken())
                        .statusCode())
                .isEqualTo(404);
        assertThat(caller.send("PUT", "/api/v2/catalog_elements", "{}", Caller.sandboxToken())
                        .statusCode())
                .isEqualTo(405);
        assertThat(caller.send("GET", "/", "", "").statusCode()).isEqualTo(404);
    }
}
