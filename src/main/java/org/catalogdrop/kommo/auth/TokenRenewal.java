package org.catalogdrop.kommo.auth;

import java.time.Instant;
import java.util.Optional;
import org.catalogdrop.kommo.Secret;

/** One request for a new pair of tokens, from the wait for its turn to the stored pair. Used by one thread. */
public final class TokenRenewal {

    private final Optional<Secret> refused;
    private Optional<TokenGrant> grant;
    private Optional<TokenTurn> turn = Optional.empty();
    private Instant asked = Instant.EPOCH;
    private int tries;
    private boolean open;

    /**
     * Makes a renewal with the refresh token of the stored pair.
     *
     * @param refused the access token that was no longer accepted
     */
    public TokenRenewal(Optional<Secret> refused) {
        this.refused = refused;
        this.grant = Optional.empty();
    }

    /** Makes a renewal with an authorization code. */
    public TokenRenewal(TokenGrant.Code code) {
        this.refused = Optional.empty();
        this.grant = Optional.of(code);
    }

    Optional<Secret> refused() {
        return refused;
    }

    Optional<TokenGrant> grant() {
        return grant;
    }

    boolean isOpen() {
        return open;
    }

    int tries() {
        return tries;
    }

    Instant asked() {
        return asked;
    }

    void entered(TokenTurn own) {
        turn = Optional.of(own);
    }

    /** Makes room for the answer, and records that there is something to request. */
    void open(TokenGrant with) {
        turn().reserve();
        grant = Optional.of(with);
        open = true;
    }

    void asks(Instant now) {
        asked = now;
        tries++;
    }

    TokenTurn turn() {
        return turn.orElseThrow();
    }

    void done() {
        open = false;
    }

    void leave() {
        open = false;
        turn.ifPresent(TokenTurn::close);
        turn = Optional.empty();
    }
}
