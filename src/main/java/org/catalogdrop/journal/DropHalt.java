package org.catalogdrop.journal;

import java.time.Instant;

/**
 * Why the load of a drop stopped before its end. Immutable.
 *
 * @param code the word of the code
 * @param message the message
 * @param at when
 */
public record DropHalt(String code, String message, Instant at) {}
