package org.catalogdrop.kommo.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;

/** The API's answer to a request for tokens. */
public sealed interface TokenAnswer {

    /** A new pair. The grant is spent. */
    record Granted(TokenPair pair) implements TokenAnswer {}

    /** A failure for now; a retry may help. If the answer was lost, the grant may be spent, and the next answer will say so. */
    record Later(Problem why) implements TokenAnswer {}

    /** A refusal. A retry with the same grant is useless. */
    record Refused(Problem why) implements TokenAnswer {}

    /**
     * Interprets a reply.
     *
     * @param reply what came back
     * @param grant the grant that was sent
     * @param integration the client that asked
     * @param asked when it was sent; the new token's life counts from then, rather too short than too long
     */
    static TokenAnswer of(Reply reply, TokenGrant grant, Integration integration, Instant asked) {
        if (reply instanceof Reply.Barred barred) {
            throw new RunHalted(barred.why());
        }
        if (!(reply instanceof Reply.Received received)) {
            String reason = ((Reply.Lost) reply).reason();
            return new Later(Problem.of(Code.API_AWAY, "no answer came to the request for tokens (" + reason + ")."));
        }
        int status = received.status();
        String said = "HTTP " + status + ", " + said(received, List.of(grant.secret(), integration.secret()));
        if (status >= 200 && status < 300) {
            return granted(received, asked);
        }
        if (status == 429) {
            return new Later(
                    Problem.of(Code.TOO_MANY_REQUESTS, "the API asks to wait before tokens are given (" + said + ")."));
        }
        if (status >= 500) {
            return new Later(Problem.of(Code.API_AWAY, "the API gave no tokens (" + said + ")."));
        }
        return new Refused(
                switch (status) {
                    case 400, 401 -> Problem.of(Code.UNAUTHORIZED, refused(grant, said));
                    case 403 ->
                        Problem.of(
                                Code.BLOCKED,
                                "the API blocks this address or account (" + said
                                        + "). Nothing more is sent. Ask the vendor's support"
                                        + " to lift the block (tell them the account, this machine's public address and the time),"
                                        + " then run again to resume.");
                    default ->
                        Problem.of(
                                status < 400 ? Code.MOVED : Code.UNEXPECTED_ANSWER,
                                "that is not an answer to a request for tokens (" + said + ", Location: "
                                        + received.location() + "). Check kommo.base-url.");
                });
    }

    private static String refused(TokenGrant grant, String said) {
        String cause = grant instanceof TokenGrant.Code
                ? "the API does not accept the authorization code (" + said
                        + "). A code is valid for 20 minutes and one use, and only with the client id, secret and redirect"
                        + " address of its own integration."
                : "the API does not accept the refresh token (" + said
                        + "). It is valid for one use within three months. Perhaps another program used a copy of it, or this program was"
                        + " stopped during a renewal.";
        return cause
                + " Check kommo.client-id, kommo.client-secret, kommo.redirect-uri and kommo.base-url, get a new pair of"
                + " tokens, then run again to resume.";
    }

    private static TokenAnswer granted(Reply.Received received, Instant asked) {
        JsonNode body = json(received);
        String access = body.path("access_token").asText("");
        String refresh = body.path("refresh_token").asText("");
        long seconds = (long) body.path("expires_in").asDouble(0); // a long would wrap around
        if (isToken(access) && isToken(refresh) && seconds > 0) {
            return new Granted(
                    new TokenPair(new Secret(access), new Secret(refresh), asked, Duration.ofSeconds(seconds)));
        }
        // The content is not quoted, because it may be half a pair.
        return new Later(Problem.of(
                Code.UNEXPECTED_ANSWER,
                "the answer to a request for tokens (HTTP " + received.status() + ", " + received.raw().length
                        + " bytes) has no access_token, refresh_token and expires_in."));
    }

    private static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** Returns the vendor's hint, or the first words. An error page may repeat what was sent. */
    private static String said(Reply.Received received, List<Secret> secrets) {
        JsonNode body = json(received);
        String text = body.path("hint").asText("");
        if (text.isEmpty()) {
            text = body.path("detail").asText(received.excerpt());
        }
        for (Secret secret : secrets) {
            text = text.replace(secret.reveal(), secret.toString());
        }
        return "\"" + (text.length() > 200 ? text.substring(0, 200) + "…" : text) + "\"";
    }

    private static JsonNode json(Reply.Received received) {
        ObjectMapper mapper = new ObjectMapper();
        try {
            return mapper.readTree(received.content());
        } catch (IOException none) {
            return mapper.createObjectNode();
        }
    }
}
