package org.catalogdrop.kommo.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;

/**
 * Writes and reads a pair of tokens as JSON. The text names its account and integration, so that a pair is never sent elsewhere.
 *
 * @param place where the text is, for messages
 * @param account the account's address, {@code kommo.base-url}
 * @param clientId the integration's id
 */
public record TokenText(String place, String account, String clientId) {

    private static final String LOGIN = " Get a pair of tokens, then run again to resume.";

    /**
     * Reads a pair.
     *
     * @throws RunHalted if it cannot be read, or is not of this account and integration; the message says what to do
     */
    public TokenPair read(byte[] text) {
        try {
            JsonNode kept = new ObjectMapper().readTree(text);
            check("account", kept, account);
            check("client_id", kept, clientId);
            return new TokenPair(
                    new Secret(text(kept, "access_token")),
                    new Secret(text(kept, "refresh_token")),
                    Instant.parse(text(kept, "obtained_at")),
                    Duration.ofSeconds(Math.max(0, Long.parseLong(text(kept, "expires_in")))));
        } catch (IOException | NumberFormatException | DateTimeException unreadable) {
            // Not the parser's message, which may quote what it read.
            throw unreadable(unreadable);
        }
    }

    /** Returns the fault of a place that has no pair. */
    public RunHalted missing() {
        return new RunHalted(Code.UNAUTHORIZED, "there are no tokens yet in " + place + "." + LOGIN);
    }

    RunHalted unreadable(Exception why) {
        return new RunHalted(
                Code.UNAUTHORIZED,
                "the tokens in " + place + " cannot be read (" + why.getClass().getSimpleName() + ")." + LOGIN);
    }

    private void check(String key, JsonNode kept, String expected) throws IOException {
        String found = text(kept, key);
        if (!found.equals(expected)) {
            throw new RunHalted(
                    Code.UNAUTHORIZED,
                    "the tokens in " + place + " are of " + key + " " + found + ", the settings say " + expected
                            + ". Set another kommo.token-file, or correct the settings." + LOGIN);
        }
    }

    private static String text(JsonNode kept, String key) throws IOException {
        String text = kept.path(key).asText("");
        if (text.isEmpty()) {
            throw new IOException(key + " is missing");
        }
        return text;
    }

    /** Writes a pair. */
    public byte[] write(TokenPair pair) {
        Map<String, Object> kept = new LinkedHashMap<>();
        kept.put("account", account);
        kept.put("client_id", clientId);
        kept.put("obtained_at", pair.obtained().toString());
        kept.put("expires_in", pair.life().toSeconds());
        kept.put("expires_at", pair.expires().toString());
        kept.put("access_token", pair.access().reveal());
        kept.put("refresh_token", pair.refresh().reveal());
        try {
            return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsBytes(kept);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
