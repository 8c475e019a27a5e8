package org.catalogdrop.journal.handover;

import java.util.Optional;
import org.catalogdrop.model.Problem;

/**
 * The end of the load of a file that was handed over. Its results are in the database already.
 *
 * @param id which file
 * @param folder the name of the results; empty if there are none
 * @param refusal why the file was refused, if it was
 */
public record HandedEnd(String id, String folder, Optional<Problem> refusal) {}
