package org.catalogdrop.kommo.auth;

import java.time.Duration;
import java.util.Optional;
import org.catalogdrop.model.RunHalted;

/** Where a pair of tokens is kept, for all processes that use it. Safe for many threads and processes. */
public interface TokenStore {

    /** Returns the place as it is shown to people. */
    String place();

    /**
     * Returns the pair. It may be one that another process has replaced a moment ago.
     *
     * @throws RunHalted if there is none, or none for this account and integration; the message says what to do
     */
    TokenPair read();

    /** Returns the pair, if there is one that can be read. */
    default Optional<TokenPair> look() {
        try {
            return Optional.of(read());
        } catch (RunHalted none) {
            return Optional.empty();
        }
    }

    /**
     * Waits until this process alone may renew the pair. After that, {@link #read} returns the pair that it replaces.
     *
     * @throws RunHalted if others renew it for longer than that
     */
    TokenTurn awaitTurn(Duration longest) throws InterruptedException;
}
