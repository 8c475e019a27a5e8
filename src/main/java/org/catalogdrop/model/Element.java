package org.catalogdrop.model;

import java.util.List;

/**
 * An element of a list as {@code GET /api/v2/catalog_elements} returns it.
 *
 * @param id the element's id
 * @param catalogId the id of its list
 * @param name its name
 * @param createdAt when it was made, in unix seconds by the server's clock
 * @param updatedAt when it was last changed, in unix seconds by the server's clock
 * @param fields its custom fields that have values
 * @param createdBy the id of the user who made it; 0 if it is not known
 */
public record Element(
        long id, long catalogId, String name, long createdAt, long updatedAt, List<Field> fields, long createdBy) {

    /**
     * Makes an element whose maker is not known.
     *
     * @param id the element's id
     * @param catalogId the id of its list
     * @param name its name
     * @param createdAt when it was made, in unix seconds by the server's clock
     * @param updatedAt when it was last changed, in unix seconds by the server's clock
     * @param fields its custom fields that have values
     */
    public Element(long id, long catalogId, String name, long createdAt, long updatedAt, List<Field> fields) {
        this(id, catalogId, name, createdAt, updatedAt, fields, 0);
    }

    /**
     * A custom field of an element.
     *
     * @param id the field's id
     * @param name its name; empty if the answer has none
     * @param values its values in the answer's order
     */
    public record Field(String id, String name, List<FieldValue> values) {}

    /**
     * A value of a field. Parts that the answer does not have are empty texts.
     *
     * @param value the text; JSON text if the value is an object
     * @param enumId the id of the option, or the word of the kind
     * @param subtype the name of the part
     */
    public record FieldValue(String value, String enumId, String subtype) {}
}
