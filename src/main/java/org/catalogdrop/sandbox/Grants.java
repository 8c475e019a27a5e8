package org.catalogdrop.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.catalogdrop.sandbox.http.HttpReply;
import org.catalogdrop.sandbox.http.Json;

/** Decides who may call: the fixed token, and tokens issued in pairs for codes and refresh tokens, each of which works once. */
final class Grants {
    private final SandboxSettings settings;
    private final Set<String> codes = new HashSet<>();
    private final Set<String> refreshing = new HashSet<>();
    private final Map<String, Long> ends = new HashMap<>();
    private int number;
    private Duration life;

    Grants(SandboxSettings settings) {
        this.settings = settings;
        this.life = settings.tokenLife();
    }

    /** Returns a code, as the account's administrator gets it by agreeing. */
    synchronized String code() {
        String code = "sandbox-code-" + ++number;
        codes.add(code);
        return code;
    }

    synchronized boolean takes(String authorization) {
        if (("Bearer " + settings.token()).equals(authorization)) {
            return true;
        }
        Long end = authorization == null ? null : ends.get(authorization.replaceFirst("^Bearer ", ""));
        return end != null && settings.clock().millis() < end;
    }

    /** Expires all access tokens issued so far, and sets the life of the next ones; refresh tokens still work. */
    synchronized void expire(Duration nextLife) {
        ends.clear();
        life = nextLife;
    }

    /** @param applied whether the grant is spent; if not, the client does not see the answer either */
    synchronized HttpReply grant(InputStream body, boolean applied) throws IOException {
        JsonNode asked;
        try {
            asked = Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return problem("Check the `grant_type` parameter");
        }
        if (!applied) {
            return problem("not applied");
        }
        if (!asked.path("client_id").asText().equals(SandboxSettings.CLIENT_ID)) {
            return problem("Check the `client_id` parameter");
        }
        if (!asked.path("client_secret").asText().equals(SandboxSettings.CLIENT_SECRET)) {
            return problem("Check the `client_secret` parameter");
        }
        if (!asked.path("redirect_uri").asText().equals(SandboxSettings.REDIRECT_URI)) {
            return problem("Check the `redirect_uri` parameter");
        }
        return switch (asked.path("grant_type").asText()) {
            case "authorization_code" ->
                codes.remove(asked.path("code").asText()) ? pair() : problem("Authorization code has been revoked");
            case "refresh_token" ->
                refreshing.remove(asked.path("refresh_token").asText()) ? pair() : problem("Token has been revoked");
            default -> problem("Check the `grant_type` parameter");
        };
    }

    private HttpReply pair() {
        String access = "sandbox-access-" + ++number;
        String refresh = "sandbox-refresh-" + number;
        ends.put(access, settings.clock().millis() + life.toMillis());
        refreshing.add(refresh);
        return HttpReply.json(
                200,
                Json.MAPPER
                        .createObjectNode()
                        .put("token_type", "Bearer")
                        .put("expires_in", life.toSeconds())
                        .put("server_time", settings.clock().millis() / 1000)
                        .put("access_token", access)
                        .put("refresh_token", refresh));
    }

    private static HttpReply problem(String hint) {
        return HttpReply.json(
                400,
                Json.MAPPER
                        .createObjectNode()
                        .put("hint", hint)
                        .put("title", "Bad Request")
                        .put("type", "https://developers.amocrm.ru/v3/errors/OAuthProblemJson")
                        .put("status", 400)
                        .put("detail", "Parameters are missing or not valid"));
    }
}
