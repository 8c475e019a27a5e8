package org.catalogdrop.model;

import java.util.List;

/**
 * An element of a list as the API gives it back.
 *
 * @param id its id
 * @param catalogId the list it is in
 * @param name its name
 * @param createdAt unix seconds, by the server's clock
 * @param updatedAt unix seconds, by the server's clock
 * @param fields its additional fields
 * @param createdBy the user who made it; 0 if that is not known
 */
public record Element(
        long id, long catalogId, String name, long createdAt, long updatedAt, List<Field> fields, long createdBy) {

    /** One of which it is not known who made it. */
    public Element(long id, long catalogId, String name, long createdAt, long updatedAt, List<Field> fields) {
        this(id, catalogId, name, createdAt, updatedAt, fields, 0);
    }

    /**
     * An additional field.
     *
     * @param id the field's id
     * @param name its name, empty if the answer has none
     * @param values its values
     */
    public record Field(String id, String name, List<FieldValue> values) {}

    /**
     * A value of a field; what is absent is empty.
     *
     * @param value the text; JSON text if it is an object
     * @param enumId the option's id or the kind's word
     * @param subtype the part it is
     */
    public record FieldValue(String value, String enumId, String subtype) {}
}
