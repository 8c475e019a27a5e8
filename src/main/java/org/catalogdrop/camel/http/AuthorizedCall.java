package org.catalogdrop.camel.http;

import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.catalogdrop.kommo.Secret;

/**
 * One request to the API and its outcome. It keeps the request, because a request that was rejected for its token is sent a second time.
 */
public final class AuthorizedCall {

    private final Object body;
    private final Map<String, Object> headers;
    private Optional<Secret> sentWith = Optional.empty();
    private Optional<Secret> refused = Optional.empty();
    private boolean answered;

    AuthorizedCall(Exchange exchange) {
        this.body = exchange.getMessage().getBody();
        this.headers = Map.copyOf(exchange.getMessage().getHeaders());
    }

    /** Writes the request, with a token. */
    void write(Exchange exchange, Secret token) {
        sentWith = Optional.of(token);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeaders(new java.util.HashMap<>(headers));
        exchange.getMessage().setHeader("Authorization", new Secret("Bearer " + token.reveal()));
        exchange.getMessage().setHeader("Accept", "application/json");
    }

    /** Records that the API did not accept the token. Nothing of the request was applied. */
    void turnedAway() {
        refused = sentWith;
    }

    /** Records that the last reply is the answer. */
    void end() {
        answered = true;
    }

    /** Returns the token that was not accepted. */
    Optional<Secret> refused() {
        return refused;
    }

    Optional<Secret> sentWith() {
        return sentWith;
    }

    boolean isAnswered() {
        return answered;
    }
}
