package org.catalogdrop.load;

import java.nio.file.Path;
import java.util.Optional;
import org.catalogdrop.journal.handover.HandedEnd;
import org.catalogdrop.model.Problem;

/** Takes results to the machine whose file was loaded. Safe for many threads. */
public interface ResultsDelivery {

    /** Leaves them in the outbox, which that machine reads. */
    ResultsDelivery NONE = (file, results, refusal) -> Optional.empty();

    /**
     * Stores results, so that only their end has to be recorded.
     *
     * @param file the file that was loaded
     * @param results the folder of the results
     * @param refusal why the file is refused, if it is
     * @return what is recorded together with the end of the load; empty if nobody waits for it
     */
    Optional<HandedEnd> deliver(Path file, Path results, Optional<Problem> refusal);
}
