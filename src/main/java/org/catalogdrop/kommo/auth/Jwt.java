package org.catalogdrop.kommo.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.catalogdrop.kommo.Secret;

/** Reads the expiry of the vendor's tokens, which are JSON Web Tokens (RFC 7519). Only a warning depends on it. Stateless. */
public final class Jwt {

    private Jwt() {}

    /** Returns when the token expires; empty if it does not say. */
    public static Optional<Instant> expires(Secret token) {
        String[] parts = token.reveal().split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
            long seconds = claims.path("exp").asLong(0);
            return seconds > 0 ? Optional.of(Instant.ofEpochSecond(seconds)) : Optional.empty();
        } catch (IOException | IllegalArgumentException | DateTimeException none) {
            return Optional.empty();
        }
    }
}
