package org.catalogdrop.model;

import java.time.Instant;

/**
 * The record in the journal that a request is about to be sent. It is durable before the request leaves, so a crash cannot hide that rows
 * may have been sent.
 *
 * @param id the journal's number of the request
 * @param drop the journal's number of the drop
 * @param chunk the operations of the request
 * @param at when it was recorded, by this machine's clock
 */
public record Intent(long id, long drop, Chunk chunk, Instant at) {}
