package org.catalogdrop.mapping.rule;

import java.util.Optional;

/**
 * Where the keys of a drop stand in the account.
 *
 * @param catalog the list, 0 if none is named; then no row gets as far as its key
 * @param field the id of the field that has the key, {@link #NAME} for the element's name
 * @param column the column that has it in the drop
 * @param unknown what becomes of a row whose key no element has
 * @param known what becomes of a row whose key an element has
 * @param gone what becomes of a row whose element is not there any more, if unknown keys are added
 * @param missing how many elements whose key does not stand in the drop may be deleted, of those known; empty if they are kept
 */
public record KeyLocation(
        long catalog,
        String field,
        String column,
        Unknown unknown,
        Known known,
        Gone gone,
        Optional<Threshold> missing) {

    /** No field's id. */
    public static final String NAME = "name";

    /** One whose unknown keys are added, and known ones updated. */
    public KeyLocation(long catalog, String field, String column, Gone gone, Optional<Threshold> missing) {
        this(catalog, field, column, Unknown.ADD, Known.UPDATE, gone, missing);
    }

    /** What becomes of a row whose key no element has. */
    public enum Unknown {
        ADD,
        REJECT,
        SKIP
    }

    /** What becomes of a row whose key an element has. */
    public enum Known {
        UPDATE,
        SKIP
    }

    /** What becomes of a row whose element was deleted by someone else. */
    public enum Gone {
        ADD,
        REJECT
    }
}
