package org.catalogdrop.camel.http;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.kommo.Secrets;
import org.catalogdrop.kommo.auth.Access;
import org.catalogdrop.kommo.auth.Renewal;
import org.catalogdrop.kommo.auth.Renewals;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;

/**
 * The verbs of the route {@code catalog-call-api}: which token a request is sent with, and whether it is sent once more. That is done only
 * after a 401, which says that nothing was applied, only with another token, and only once.
 */
public final class Tokens {

    private static final int UNAUTHORIZED = 401;

    private final Access access;
    private final Renewals renewals;
    private final Secrets secrets;

    /** @param secrets learns each token that a request is sent with */
    public Tokens(Access access, Renewals renewals, Secrets secrets) {
        this.secrets = secrets;
        this.access = access;
        this.renewals = renewals;
    }

    private boolean isRotating() {
        return access instanceof Access.Rotating;
    }

    /** Takes down what is to be sent. */
    public Call beginCall(Exchange exchange) {
        return new Call(exchange);
    }

    public boolean isUnanswered(Call call) {
        return call.reply().isEmpty();
    }

    /** Whether a new pair must be had before it can be sent. */
    public boolean needsNewTokens(Call call) {
        return isRotating() && renewals.isStale(call.refused());
    }

    /** What the new pair is asked for with. */
    public Renewal beginRenewal(Call call) {
        return new Renewal(call.refused());
    }

    /** Makes the request, with the token as it is now. */
    public void authorizeRequest(Call call, Exchange exchange) throws InterruptedException {
        Secret token = current();
        secrets.add(token);
        call.write(exchange, token);
    }

    /** Takes the reply, unless it says that another token is wanted and there may be one. */
    public void takeReply(Call call, Reply reply) throws InterruptedException {
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

    private boolean mayHaveAnother(Call call) throws InterruptedException {
        return isRotating()
                || access instanceof Access.InFile && !call.sentWith().equals(Optional.of(current()));
    }

    private static Problem renewedInVain() {
        return Problem.of(
                Code.UNAUTHORIZED,
                "the API does not take the access token, though it was renewed just now. See whether the integration still has"
                        + " access to the account of kommo.base-url, get a new pair of tokens, then run again to resume.");
    }

    public Reply returnReply(Call call) {
        return call.reply().orElseThrow();
    }

    private Secret current() throws InterruptedException {
        if (access instanceof Access.Fixed fixed) {
            return fixed.token();
        }
        if (access instanceof Access.InFile inFile) {
            return inFile.read();
        }
        return renewals.current().access();
    }
}
