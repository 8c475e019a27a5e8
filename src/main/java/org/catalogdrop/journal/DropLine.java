package org.catalogdrop.journal;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;

/**
 * A drop in the list of all drops. Immutable.
 *
 * @param id the journal's number of it
 * @param name its file name
 * @param digest SHA-256 of its bytes, 64 hex digits
 * @param state its state
 * @param folder the name of its results folder; empty if there is none
 * @param settings the settings that gave its rows their meaning
 * @param rows the number of its rows; -1 while it is not known
 * @param counts rows by outcome, without zeros; for an unpublished drop, what the API has settled so far (rows rejected before they were
 *     sent are counted when it is published)
 * @param inDoubt rows that may have been applied: rows in doubt by their outcome, and rows of requests that are not settled
 * @param entered when it was entered
 * @param finished when it was done or refused
 * @param problem why it was refused
 * @param abandoned whether it was abandoned, so that nothing more of it is sent
 * @param place where its file was when its load had ended; empty if it is not known
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
