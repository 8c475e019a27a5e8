package org.catalogdrop.sandbox;

import java.util.Map;

/**
 * Sums over all requests to /api/ since the start or the last reset.
 *
 * @param requests how many were answered or dropped
 * @param byStatus how many by status; 0 counts the dropped
 * @param created elements made, told or not
 * @param updated updates applied
 * @param deleted deletes applied
 * @param refused items refused, each on its own
 * @param peakPerSecond the most requests that arrived within any second
 */
public record SandboxStats(
        long requests,
        Map<Integer, Long> byStatus,
        long created,
        long updated,
        long deleted,
        long refused,
        int peakPerSecond) {}
