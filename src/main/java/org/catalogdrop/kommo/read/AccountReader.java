package org.catalogdrop.kommo.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.ResponseRule;
import org.catalogdrop.kommo.throttle.RateLimiter;
import org.catalogdrop.model.Account;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropHeld;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;

/**
 * Asks an account for its lists and fields. Reading does no harm, so a lost answer is requested again, a few times. Safe for many
 * threads.
 */
public final class AccountReader {

    private static final int TRIES = 5;
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    private final ObjectMapper json;
    private final RateLimiter pace;

    /** @param pace ends the wait before a retry when the program is stopped */
    public AccountReader(ObjectMapper json, RateLimiter pace) {
        this.json = json;
        this.pace = pace;
    }

    public AccountRequest beginAccount() {
        return AccountRequest.ofLists();
    }

    /** Begins to ask for the user to whom our token belongs. */
    public AccountRequest beginUser() {
        return AccountRequest.ofUser();
    }

    /** Returns our user; 0 if the account does not name it. */
    public long readUser(AccountRequest request) {
        return request.user();
    }

    /** Waits before a retry. */
    public void awaitRetry(AccountRequest request) throws InterruptedException {
        pace.pause(request.nextTry());
    }

    /**
     * Takes an answer.
     *
     * @throws DropHeld if the API refuses the question: a drop whose mapping has no names does not ask it
     * @throws RunHalted if no answer comes, or a retry is useless
     */
    public void takeReply(AccountRequest request, Reply reply) {
        if (reply instanceof Reply.Received received) {
            JsonNode body = body(received);
            if (body.isObject() || received.status() == NO_CONTENT) {
                request.answered(body);
                return;
            }
            ResponseRule meaning = ResponseRule.of(received);
            if (request.isUserOnly() && received.status() == NOT_FOUND) {
                request.answered(MissingNode.getInstance());
                return;
            }
            if (meaning.isRefusedReading(received)) {
                throw new DropHeld(
                        Code.READ_REFUSED,
                        "the API refused to list the account's lists and fields (GET " + request.path() + ", HTTP "
                                + received.status()
                                + "). No row is at fault. Check kommo.base-url and that the user of the"
                                + " access token may read them, then run again to resume. It said: "
                                + received.excerpt(),
                        "");
            }
            if (!PageReader.isWorthAnotherTry(meaning.who()) || request.attempts() >= TRIES) {
                Problem problem = meaning.ofReading(received);
                throw new RunHalted(
                        problem.code(), "the account could not be read (" + request.path() + "): " + problem.message());
            }
        } else if (reply instanceof Reply.Barred barred) {
            throw new RunHalted(barred.why());
        } else if (request.attempts() >= TRIES) {
            throw new RunHalted(
                    Code.API_AWAY,
                    "the account could not be read (" + request.path() + ") in " + TRIES + " tries ("
                            + ((Reply.Lost) reply).reason()
                            + "). Check kommo.base-url and the network, then run again to resume.");
        }
    }

    /** Returns the account as it was read. */
    public Account readAccount(AccountRequest request) {
        return request.account();
    }

    private JsonNode body(Reply.Received received) {
        if (!received.isReadable() || !received.whole()) {
            return MissingNode.getInstance();
        }
        try {
            return json.readTree(received.content());
        } catch (JsonProcessingException broken) {
            return MissingNode.getInstance();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }
}
