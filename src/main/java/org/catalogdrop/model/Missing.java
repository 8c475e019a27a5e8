package org.catalogdrop.model;

/**
 * The elements that are missing from a drop which is a complete list ({@code missing: delete} in its mapping file).
 *
 * @param known how many elements of the list have a key that loads have written
 * @param elements how many of those keys are not in the drop. Each gets a row after the last one that deletes its element. 0 if they
 *     are kept
 * @param kept why no element is deleted although the mapping file says so; else empty
 */
public record Missing(long known, long elements, String kept) {

    /** The value for a drop that is not a complete list. */
    public static final Missing NONE = new Missing(0, 0, "");
}
