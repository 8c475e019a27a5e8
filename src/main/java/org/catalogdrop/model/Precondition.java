package org.catalogdrop.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A condition: what an element must be like for a row to be applied to it, the {@code _was:} columns of a drop.
 *
 * @param name its name
 * @param fields fields and values it must have
 * @param whole ids of those fields that must have these values and no others
 * @param alone whether all of them are meant whole, and no other field may have a value
 */
public record Precondition(Optional<String> name, List<CustomField> fields, Set<String> whole, boolean alone) {

    /** Returns whether a field must have just the values given. */
    public boolean isWhole(CustomField field) {
        return alone || whole.contains(field.id());
    }

    /** Returns whether nothing is asked for. */
    public boolean isEmpty() {
        return name.isEmpty() && fields.isEmpty() && !alone;
    }
}
