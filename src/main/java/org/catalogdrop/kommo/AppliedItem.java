package org.catalogdrop.kommo;

/**
 * An applied operation; a number that is absent or no whole number is -1.
 *
 * @param id the element
 * @param requestId the echoed request_id; on updates it may be the element's id
 */
public record AppliedItem(long id, long requestId) {}
