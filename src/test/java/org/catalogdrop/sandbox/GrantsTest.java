package org.catalogdrop.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrantsTest {

    private final Caller.Stopped clock = new Caller.Stopped();
    private final Sandbox sandbox;
    private final Caller caller;

    GrantsTest() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.defaults()
                .withRequestsPerSecond(0)
                .withClock(clock)
                .withTokenLife(Duration.ofMinutes(10)));
        caller = new Caller(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private HttpResponse<String> ask(String type, String key, String secret) throws Exception {
        return caller.send(
                "POST",
                "/oauth2/access_token",
                ("{'client_id':'sandbox-client','client_secret':'sandbox-secret','redirect_uri':'https://example.com/callback',"
                                + "'grant_type':'" + type + "','" + key + "':'" + secret + "'}")
                        .replace('\'', '"'),
                "");
    }

    private int get(String token) throws Exception {
        return caller.send("GET", "/api/v2/account", "", token).statusCode();
    }

    @Test
    void code_and_refresh_token_work_once() throws Exception {
        String code = sandbox.code();
        JsonNode first = Caller.json(ask("authorization_code", "code", code));
        assertThat(first.path("expires_in").asInt()).isEqualTo(600);
        assertThat(get(first.path("access_token").asText())).isEqualTo(200);
        assertThat(ask("authorization_code", "code", code).statusCode()).isEqualTo(400);

        String refresh = first.path("refresh_token").asText();
        JsonNode second = Caller.json(ask("refresh_token", "refresh_token", refresh));
        assertThat(get(second.path("access_token").asText())).isEqualTo(200);
        HttpResponse<String> again = ask("refresh_token", "refresh_token", refresh);
        assertThat(again.statusCode()).isEqualTo(400);
        assertThat(Caller.json(again).path("hint").asText()).isEqualTo("Token has been revoked");
    }

    @Test
    void access_token_expires() throws Exception {
        JsonNode pair = Caller.json(ask("authorization_code", "code", sandbox.code()));
        clock.forward(Duration.ofMinutes(10));
        assertThat(get(pair.path("access_token").asText())).isEqualTo(401);
        assertThat(get(Caller.sandboxToken())).isEqualTo(200);
    }

    @Test
    void another_integration_gets_nothing() throws Exception {
        HttpResponse<String> refused = caller.send("POST", "/oauth2/access_token", "{\"client_id\":\"other\"}", "");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("client_id");
    }

    @Test
    void code_can_be_made_through_the_control_api() throws Exception {
        String code = Caller.json(caller.control("POST", "/sandbox/codes", ""))
                .path("code")
                .asText();
        assertThat(ask("authorization_code", "code", code).statusCode()).isEqualTo(200);
        assertThat(caller.control("POST", "/sandbox/expire", "").statusCode()).isEqualTo(200);
    }
}
