package org.catalogdrop.chunk;

import java.time.Instant;
import java.util.Optional;
import org.catalogdrop.model.Operation;

/**
 * An operation to send.
 *
 * @param operation what is asked
 * @param doubtSince the time of an earlier intent for it whose outcome is unknown; empty if it was never sent
 */
public record Pending(Operation operation, Optional<Instant> doubtSince) {}
