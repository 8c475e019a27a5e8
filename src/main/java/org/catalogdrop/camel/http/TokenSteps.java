package org.catalogdrop.camel.http;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.kommo.SecretRedactor;
import org.catalogdrop.kommo.auth.RenewalSteps;
import org.catalogdrop.kommo.auth.TokenRenewal;
import org.catalogdrop.kommo.auth.TokenSource;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/**
 * The steps of the route {@code catalog-call-api}: which token a request is sent with, and whether it is sent once more. That happens
 * only after a 401, which proves that nothing was applied, only with another token, and only once. Safe for many threads.
 */
public final class TokenSteps {

    private static final int UNAUTHORIZED = 401;

    private final TokenSource access;
    private final RenewalSteps renewals;
    private final SecretRedactor secrets;

    /** @param secrets is told each token that a request is sent with, so that it can redact it */
    public TokenSteps(TokenSource access, RenewalSteps renewals, SecretRedactor secrets) {
        this.secrets = secrets;
        this.access = access;
        this.renewals = renewals;
    }

    private boolean isRotating() {
        return access instanceof TokenSource.Rotating;
    }

    /** Remembers the request that is to be sent. */
    public AuthorizedCall beginCall(Exchange exchange) {
        return new AuthorizedCall(exchange);
    }

    /** Returns the next step of the route: {@code end}, {@code renew} if a new pair of tokens is needed first, or {@code send}. */
    public String nextStep(AuthorizedCall call) {
        if (call.isAnswered()) {
            return "end";
        }
        return isRotating() && renewals.isStale(call.refused()) ? "renew" : "send";
    }

    /** Returns the request for a new pair of tokens. */
    public TokenRenewal beginRenewal(AuthorizedCall call) {
        return new TokenRenewal(call.refused());
    }

    /** Writes the request, with the current token. */
    public void authorizeRequest(AuthorizedCall call, Exchange exchange) throws InterruptedException {
        Secret token = current();
        secrets.add(token);
        call.write(exchange, token);
    }

    /** Returns the reply, which ends the call unless it asks for another token and there may be one. */
    public Reply takeReply(AuthorizedCall call, Reply reply) throws InterruptedException {
        boolean turnedAway = reply instanceof Reply.Received received && received.status() == UNAUTHORIZED;
        if (turnedAway && call.refused().isEmpty() && mayHaveAnother(call)) {
            call.turnedAway();
            return reply;
        }
        call.end();
        return turnedAway && isRotating() ? new Reply.Barred(renewedInVain()) : reply;
    }

    private boolean mayHaveAnother(AuthorizedCall call) throws InterruptedException {
        return isRotating()
                || (access instanceof TokenSource.InFile && !call.sentWith().equals(Optional.of(current())));
    }

    private static Problem renewedInVain() {
        return Problem.of(
                Code.UNAUTHORIZED,
                "the API rejected the access token, although it was renewed just now. Check that the integration still has"
                        + " access to the account of kommo.base-url, get a new pair of tokens, then run again to resume.");
    }

    private Secret current() throws InterruptedException {
        if (access instanceof TokenSource.Fixed fixed) {
            return fixed.token();
        }
        if (access instanceof TokenSource.InFile inFile) {
            return inFile.read();
        }
        return renewals.current().access();
    }
}
