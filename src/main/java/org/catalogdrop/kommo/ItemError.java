package org.catalogdrop.kommo;

/**
 * An operation that was refused.
 *
 * @param section {@code add}, {@code update}, {@code delete} or {@link #VALIDATION}; empty if the answer does not say
 * @param key the key of its entry: an index, a request_id or an element's id; -1 if it was in a list
 * @param requestId the request_id that it names, else -1
 * @param id the element's id that it names, else -1
 * @param code the API's code; empty if there is none
 * @param text the API's text
 */
public record ItemError(String section, long key, long requestId, long id, String code, String text) {

    /** The section of errors that were found before anything was applied, as the vendor's newer API returns them. */
    static final String VALIDATION = "validation-errors";
}
