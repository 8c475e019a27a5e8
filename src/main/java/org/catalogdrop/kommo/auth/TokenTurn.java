package org.catalogdrop.kommo.auth;

/** The right to renew a pair of tokens, which one thread of all processes has at a time. Used by one thread. */
public interface TokenTurn extends AutoCloseable {

    /**
     * Makes sure that a new pair can be kept. It is called before the API is asked, because the API then revokes the old pair.
     *
     * @throws org.catalogdrop.model.RunHalted if it cannot
     */
    void reserve();

    /**
     * Returns if this process has the turn still. It is called right before the API is asked.
     *
     * @throws org.catalogdrop.model.RunHalted if another process may have it by now
     */
    void require();

    /**
     * Replaces the pair. When this returns, the new one survives a power cut.
     *
     * @throws org.catalogdrop.model.RunHalted if that failed; the pair is not lost, and is stored as soon as that is possible
     */
    void fill(TokenPair pair);

    /** Deletes the pair, because it is kept elsewhere from now on. */
    void clear();

    /** Gives the turn to the next one. */
    @Override
    void close();
}
