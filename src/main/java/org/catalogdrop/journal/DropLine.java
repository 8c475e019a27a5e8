package org.catalogdrop.journal;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;

/**
 * A drop in the list of all drops.
 *
 * @param id the journal's number of it
 * @param name its file name
 * @param digest SHA-256 of its bytes, 64 hex digits
 * @param state how far it is
 * @param folder the name of its results folder, empty if there is none
 * @param settings the settings that gave its rows their meaning
 * @param rows the number of its rows, -1 while it is not known
 * @param counts rows by outcome, no zeros; of a drop that is not published, what the API settled so far (rows rejected before
 *     they were sent are counted when it is)
 * @param inDoubt rows that may have been applied: those in doubt by their outcome, and those of requests not settled
 * @param entered when it was entered
 * @param finished when it was done or refused
 * @param problem why it was refused
 * @param abandoned whether it was given up, so that nothing more of it is sent
 * @param place where its file lay when its load had ended, if that is known
 */
public record DropLine(
        long id,
        String name,
        String digest,
        DropEntry.State state,
        String folder,
        String settings,
        long rows,
        Map<Status, Long> counts,
        long inDoubt,
        Instant entered,
        Optional<Instant> finished,
        Optional<Problem> problem,
        boolean abandoned,
        Optional<String> place) {}
