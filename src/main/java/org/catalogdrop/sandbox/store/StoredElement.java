package org.catalogdrop.sandbox.store;

import java.util.List;

/**
 * An element as the account has it now.
 *
 * @param id its id
 * @param catalogId the list it is in
 * @param name its name
 * @param createdAt unix seconds, by the sandbox's clock
 * @param updatedAt unix seconds; what the last update sent, else by the sandbox's clock
 * @param deleted whether it was deleted
 * @param fields its additional fields that have a value
 * @param createdBy the user who made it
 */
public record StoredElement(
        long id,
        long catalogId,
        String name,
        long createdAt,
        long updatedAt,
        boolean deleted,
        List<Field> fields,
        long createdBy) {
    /** The user in whose name the API creates and changes elements. */
    public static final long API_USER = 504_141;

    public StoredElement {
        fields = List.copyOf(fields);
    }

    /** One that the account's own user made. */
    public StoredElement(
            long id, long catalogId, String name, long createdAt, long updatedAt, boolean deleted, List<Field> fields) {
        this(id, catalogId, name, createdAt, updatedAt, deleted, fields, API_USER);
    }

    /**
     * An additional field.
     *
     * @param id its id
     * @param values its values in order
     */
    public record Field(long id, List<Value> values) {

        public Field {
            values = List.copyOf(values);
        }

        /** Returns a field of one plain value. */
        public static Field of(long id, String value) {
            return new Field(id, List.of(new Value(value, "")));
        }
    }

    /**
     * One value.
     *
     * @param text as it was sent; empty for an option
     * @param tag the id of an option, or the number of a part of an address; empty for the others
     */
    public record Value(String text, String tag) {}
}
