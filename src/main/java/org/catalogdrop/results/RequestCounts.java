package org.catalogdrop.results;

import java.time.Instant;

/**
 * What the load cost.
 *
 * @param requests requests sent to the API, 0 and up
 * @param retries how many of them repeated operations sent before
 * @param reads requests that only read, not among the others
 * @param started when the load began
 */
public record RequestCounts(long requests, long retries, long reads, Instant started) {}
