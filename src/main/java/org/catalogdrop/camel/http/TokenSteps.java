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
 * The verbs of the route {@code catalog-call-api}: which token a request is sent with, and whether it is sent once more. That is done only
 * after a 401, which says that nothing was applied, only with another token, and only once.
 */
public final class TokenSteps {

    private static final int UNAUTHORIZED = 401;

    private final TokenSource access;
    private final RenewalSteps renewals;
    private final SecretRedactor secrets;

    /** @param secrets learns each token that a request is sent with */
    public TokenSteps(TokenSource access, RenewalSteps renewals, SecretRedactor secrets) {
        this.secrets = secrets;
        this.access = access;
        this.renewals = renewals;
    }

    private boolean isRotating() {
        return access instanceof TokenSource.Rotating;
    }

    /** Takes down what is to be sent. */
    public AuthorizedCall beginCall(Exchange exchange) {
        return new AuthorizedCall(exchange);
    }

    public boolean isUnanswered(AuthorizedCall call) {
        return call.reply().isEmpty();
    }

    /** Returns whether a new pair must be had before it can be sent. */
    public boolean needsNewTokens(AuthorizedCall call) {
        return isRotating() && renewals.isStale(call.refused());
    }

    /** Returns what the new pair is asked for with. */
    public TokenRenewal beginRenewal(AuthorizedCall call) {
        return new TokenRenewal(call.refused());
    }

    /** Makes the request, with the token as it is now. */
    public void authorizeRequest(AuthorizedCall call, Exchange exchange) throws InterruptedException {
        Secret token = current();
        secrets.add(token);
        call.write(exchange, token);
    }

    /** Takes the reply, unless it says that another token is wanted and there may be one. */
    public void takeReply(AuthorizedCall call, Reply reply) throws InterruptedException {
        boolean turnedAway = reply instanceof Reply.Received received && received.status() == UNAUTHORIZED;
        if (!turnedAway) {
            call.answered(reply);
        } else if (call.refused().isEmpty() && mayHaveAnother(call)) {
            call.turnedAway();
        } else if (isRotating()) {
            call.answered(new Reply.Barred(renewedInVain()));
        } else {
            call.answered(reply);
        }
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

    public Reply returnReply(AuthorizedCall call) {
        return call.reply().orElseThrow();
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
