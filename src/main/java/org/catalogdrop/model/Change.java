package org.catalogdrop.model;

/**
 * What an operation would change of an element: one field, as it is and as it will be.
 *
 * @param row the row that asks for it, from 1
 * @param line the line on which the row starts
 * @param action what it asks for
 * @param id the element, 0 for one that is not there yet
 * @param field {@code name}, or a field as a drop's column names it: {@code cf:ID}; empty if the element as a whole is meant
 * @param before as it is in the account; values separated by {@code |}
 * @param after as it will be
 * @param key by what the row is known again, empty if its rows have no keys
 * @param name what the element is called now; one that is to be made, what it will be called
 * @param fieldName what people call the field, empty if that is not known
 * @param isUndoable whether the change could be taken back
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
