package org.catalogdrop.model;

/**
 * A row that will not be taken.
 *
 * @param row the row
 * @param requestId its request_id as far as it could be told, else empty
 * @param action its action's word as far as it could be told, else empty
 * @param problem why
 */
public record Reject(Row row, String requestId, String action, Problem problem) implements Verdict {}
