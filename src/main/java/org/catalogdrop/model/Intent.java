package org.catalogdrop.model;

import java.time.Instant;

/**
 * "About to send", durable before the wire.
 *
 * @param id the journal's number of the request
 * @param drop the journal's number of the drop
 * @param chunk what is about to be sent
 * @param at when, by our clock
 */
public record Intent(long id, long drop, Chunk chunk, Instant at) {}
