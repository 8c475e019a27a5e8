package org.catalogdrop.model;

/**
 * What a drop that is a complete list does not have.
 *
 * @param known elements that loads have written under a key of the list
 * @param elements those of them whose key does not stand in the drop, each a row after its last to delete it; 0 if they are kept
 * @param kept why none is deleted although the mapping says so; else empty
 */
public record Missing(long known, long elements, String kept) {

    /** Of a drop that is no complete list. */
    public static final Missing NONE = new Missing(0, 0, "");
}
