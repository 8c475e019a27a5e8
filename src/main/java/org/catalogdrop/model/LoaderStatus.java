package org.catalogdrop.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a loader does, and the drops that it knows. Immutable.
 *
 * @param account the host of the account
 * @param loading the digest of the drop that is being loaded; empty if none is
 * @param blocked why nothing may be sent to the API; empty if it may
 * @param drops the drops of the journal, the oldest first
 */
public record LoaderStatus(String account, Optional<String> loading, Optional<String> blocked, List<KnownDrop> drops) {

    /**
     * A drop of the journal. Immutable.
     *
     * @param drop its file name
     * @param digest SHA-256 of its bytes, 64 hex digits
     * @param state {@code open}, {@code publishing}, {@code published}, {@code done}, {@code refused} or {@code abandoned}
     * @param rows the number of its rows; -1 while it is not known
     * @param outcomes rows by outcome, without zeros
     * @param inDoubt rows that may have been applied
     * @param entered when it was entered
     * @param finished when it was done or refused
     * @param folder the name of its results folder; empty if there is none
     * @param refusal why it was refused
     */
    public record KnownDrop(
            String drop,
            String digest,
            String state,
            long rows,
            Map<Status, Long> outcomes,
            long inDoubt,
            Instant entered,
            Optional<Instant> finished,
            String folder,
            Optional<Problem> refusal) {}
}
