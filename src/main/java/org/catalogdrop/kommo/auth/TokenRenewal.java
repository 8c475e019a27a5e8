package org.catalogdrop.kommo.auth;

import java.time.Instant;
import java.util.Optional;
import org.catalogdrop.kommo.Secret;

/** One request for a new pair of tokens, from the wait for its turn to the pair on disk. Used by one thread. */
public final class TokenRenewal {

    private final Optional<Secret> refused;
    private Optional<TokenGrant> grant;
    private Optional<TokenLock> lock = Optional.empty();
    private Optional<TokenFile.Room> room = Optional.empty();
    private Instant asked = Instant.EPOCH;
    private int tries;
    private boolean open;

    /**
     * Makes a renewal with the refresh token of the pair on disk.
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

    void entered(TokenLock turn) {
        lock = Optional.of(turn);
    }

    /** Records that there is something to request, and room for the answer. */
    void open(TokenGrant with, TokenFile.Room where) {
        grant = Optional.of(with);
        room = Optional.of(where);
        open = true;
    }

    void asks(Instant now) {
        asked = now;
        tries++;
    }

    TokenFile.Room room() {
        return room.orElseThrow();
    }

    void done() {
        open = false;
    }

    void leave() {
        open = false;
        room.ifPresent(TokenFile.Room::close);
        lock.ifPresent(TokenLock::close);
        room = Optional.empty();
        lock = Optional.empty();
    }
}
