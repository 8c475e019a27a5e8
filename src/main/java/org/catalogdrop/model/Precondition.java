package org.catalogdrop.model;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The condition under which a row is applied: what its element must be like. It comes from the {@code _was:} columns of a drop.
 *
 * @param name the name that the element must have; empty if any name will do
 * @param fields the fields and values that it must have
 * @param whole ids of fields that must have exactly these values and no others
 * @param alone whether all fields must have exactly these values, and no other field may have a value
 */
public record Precondition(Optional<String> name, List<CustomField> fields, Set<String> whole, boolean alone) {

    /**
     * Returns whether a field must have exactly the given values.
     *
     * @param field one of the fields
     * @return false if it may have other values too
     */
    public boolean isWhole(CustomField field) {
        return alone || whole.contains(field.id());
    }

    /**
     * Returns whether there is no condition.
     *
     * @return true if every element meets it
     */
    public boolean isEmpty() {
        return name.isEmpty() && fields.isEmpty() && !alone;
    }
}
