package org.catalogdrop.kommo.auth;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.kommo.Reply;
import org.catalogdrop.kommo.Secret;
import org.catalogdrop.kommo.SecretRedactor;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RunHalted;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The steps of the route {@code catalog-new-tokens}. A refresh token works once. So only one thread of all processes renews at a time,
 * the next one takes the pair that it got, and a new pair is stored before it is used. Safe for many threads.
 */
public final class RenewalSteps {

    private static final Logger LOG = LoggerFactory.getLogger(RenewalSteps.class);

    private static final int TRIES = 4;

    /** The pause after the API gave no tokens, while the old one still works. */
    private static final Duration REST = Duration.ofSeconds(30);

    private final TokenSource access;
    private final Optional<TokenStore> store;
    private final InstantSource clock;
    private final Duration turn;
    private final SecretRedactor secrets;

    /** A refresh token that was refused, and why. Asking with it again is useless. */
    private volatile Optional<Refusal> refusal = Optional.empty();

    private volatile Instant restUntil = Instant.EPOCH;

    private record Refusal(Secret token, Problem why) {}

    /**
     * The steps are called only if the access is a pair that we renew.
     *
     * @param store where the pair is kept; empty if there is none
     */
    public RenewalSteps(
            TokenSource access,
            Optional<TokenStore> store,
            Duration responseTimeout,
            InstantSource clock,
            SecretRedactor secrets) {
        this.secrets = secrets;
        this.access = access;
        this.store = store;
        this.clock = clock;
        this.turn = responseTimeout.multipliedBy(TRIES);
    }

    private Integration integration() {
        return ((TokenSource.Rotating) access).integration();
    }

    /** Returns the stored pair. It is asked for each time, because another process may have renewed it. */
    public TokenPair current() {
        TokenPair pair = store.orElseThrow().read();
        learn(pair);
        return pair;
    }

    private void learn(TokenPair pair) {
        secrets.add(pair.refresh());
        secrets.add(pair.access());
        secrets.add(integration().secret());
    }

    public boolean isStale(Optional<Secret> refused) {
        TokenPair pair = current();
        return isRefused(pair, refused)
                || (pair.isDue(clock.instant()) && clock.instant().isAfter(restUntil));
    }

    private static boolean isRefused(TokenPair pair, Optional<Secret> refused) {
        return refused.isPresent() && refused.get().equals(pair.access());
    }

    /** Waits for its turn, then finds out whether a renewal is still needed. */
    public void awaitTurn(TokenRenewal renewal) throws InterruptedException {
        renewal.entered(store.orElseThrow().awaitTurn(turn));
        if (renewal.grant().isPresent()) {
            renewal.open(renewal.grant().get());
        } else if (isStale(renewal.refused())) {
            Secret refresh = current().refresh();
            if (refusal.isPresent() && refusal.get().token().equals(refresh)) {
                throw new RunHalted(refusal.get().why());
            }
            renewal.open(new TokenGrant.Refresh(refresh));
        }
    }

    public boolean isUnfinished(TokenRenewal renewal) {
        return renewal.isOpen();
    }

    /** Returns the body to send. Before a retry it waits. */
    public Map<String, String> buildRequest(TokenRenewal renewal) throws InterruptedException {
        if (renewal.tries() > 0) {
            Thread.sleep(100L << renewal.tries());
        }
        // A turn that was lost while this process stood still may be another one's, who has spent the refresh token.
        renewal.turn().require();
        renewal.asks(clock.instant());
        secrets.add(integration().secret());
        secrets.add(renewal.grant().orElseThrow().secret());
        return renewal.grant().orElseThrow().document(integration());
    }

    /** Takes the reply. A new pair is stored, and only then used. */
    public void takeReply(TokenRenewal renewal, Reply reply) {
        TokenGrant grant = renewal.grant().orElseThrow();
        TokenAnswer answer = TokenAnswer.of(reply, grant, integration(), renewal.asked());
        if (answer instanceof TokenAnswer.Granted granted) {
            learn(granted.pair());
            renewal.turn().fill(granted.pair());
            renewal.done();
            LOG.info(
                    "new tokens came; the access token is good until {}",
                    granted.pair().expires());
        } else if (answer instanceof TokenAnswer.Refused refused) {
            // Without the turn, another process may have spent the token, and the pair may be good again.
            renewal.turn().require();
            refusal = Optional.of(new Refusal(grant.secret(), refused.why()));
            throw new RunHalted(refused.why());
        } else if (renewal.tries() >= TRIES) {
            giveUp(renewal, ((TokenAnswer.Later) answer).why());
        }
    }

    private void giveUp(TokenRenewal renewal, Problem why) {
        boolean useless = !(renewal.grant().orElseThrow() instanceof TokenGrant.Refresh)
                || isRefused(current(), renewal.refused())
                || !clock.instant().isBefore(current().expires());
        if (useless) {
            throw new RunHalted(
                    why.code(), "no new tokens in " + TRIES + " tries: " + why.message() + " Run again to resume.");
        }
        LOG.warn("no new tokens in {} tries, the old one is still good: {}", TRIES, why.message());
        restUntil = clock.instant().plus(REST);
        renewal.done();
    }

    /** Ends the turn, so that the next renewal can begin. */
    public void endTurn(TokenRenewal renewal) {
        renewal.leave();
    }
}
