package org.catalogdrop.kommo;

/**
 * An operation that was applied. A number that is missing or not whole is -1.
 *
 * @param id the element's id
 * @param requestId the echoed request_id; for updates it may be the element's id
 */
public record AppliedItem(long id, long requestId) {}
