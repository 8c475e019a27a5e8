package org.catalogdrop.mapping.rule;

import java.util.Optional;

/**
 * Where the keys of a drop are in the account. Immutable.
 *
 * @param catalog the list; 0 if none is named, and then no row gets as far as its key
 * @param field the id of the field that has the key; {@link #NAME} for the element's name
 * @param column the column of the drop that has the key
 * @param unknown what to do with a row whose key no element has
 * @param known what to do with a row whose key an element has
 * @param gone what to do with a row whose element was deleted, if unknown keys are added
 * @param missing how many known elements may be deleted because their key is not in the drop; empty if they are kept
 */
public record KeyLocation(
        long catalog,
        String field,
        String column,
        Unknown unknown,
        Known known,
        Gone gone,
        Optional<Threshold> missing) {

    /** The value of {@code field} for the element's name. No field has this id. */
    public static final String NAME = "name";

    /** Makes a location whose unknown keys are added, and known ones updated. */
    public KeyLocation(long catalog, String field, String column, Gone gone, Optional<Threshold> missing) {
        this(catalog, field, column, Unknown.ADD, Known.UPDATE, gone, missing);
    }

    /** What to do with a row whose key no element has. */
    public enum Unknown {
        ADD,
        REJECT,
        SKIP
    }

    /** What to do with a row whose key an element has. */
    public enum Known {
        UPDATE,
        SKIP
    }

    /** What to do with a row whose element someone else has deleted. */
    public enum Gone {
        ADD,
        REJECT
    }
}
