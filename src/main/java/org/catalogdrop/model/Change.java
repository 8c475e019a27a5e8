package org.catalogdrop.model;

/**
 * A change that a load would make to one field of an element.
 *
 * @param row the number of the row that asks for it, from 1
 * @param line the line on which the row starts, from 1; 0 if the row is not in the file
 * @param action what the row asks for
 * @param id the element's id; 0 if it does not exist yet
 * @param field {@code name}, or {@code cf:ID} as in a column of a drop; empty if the whole element is meant
 * @param before the value in the account now; several values are separated by {@code |}
 * @param after the value after the load
 * @param key the key of the row; empty if its rows have no keys
 * @param name the name of the element now; if it does not exist yet, its future name
 * @param fieldName the name of the field; empty if it is not known
 * @param isUndoable whether {@code undo} could take the change back
 */
public record Change(
        long row,
        long line,
        Action action,
        long id,
        String field,
        String before,
        String after,
        String key,
        String name,
        String fieldName,
        boolean isUndoable) {}
