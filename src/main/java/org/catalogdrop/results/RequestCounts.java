package org.catalogdrop.results;

import java.time.Instant;

/**
 * The requests of a load.
 *
 * @param requests requests with rows sent to the API, at least 0
 * @param retries how many of them repeated operations sent before
 * @param reads requests that only read, not counted among the others
 * @param started when the load began
 */
public record RequestCounts(long requests, long retries, long reads, Instant started) {}
