package org.catalogdrop.kommo;

/**
 * A refused operation.
 *
 * @param section {@code add}, {@code update}, {@code delete} or {@link #VALIDATION}; empty if the answer does not say
 * @param key the key it stood under: an index, a request_id or an element's id; -1 if it stood in a list
 * @param requestId the request_id it names itself, else -1
 * @param id the element it names itself, else -1
 * @param code the API's code, empty if there is none
 * @param text the API's text
 */
public record ItemError(String section, long key, long requestId, long id, String code, String text) {

    /** The section of errors that were found before anything was applied, as the vendor's newer API tells them. */
    static final String VALIDATION = "validation-errors";
}
