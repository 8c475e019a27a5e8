package org.catalogdrop.model;

import java.util.List;

/**
 * A custom field of an element as it is written to the API, in the forms of {@code custom_fields} in
 * {@code POST /api/v2/catalog_elements}.
 *
 * @param id the field's id, in the spelling of the drop
 * @param values its values in order
 */
public record CustomField(String id, List<Value> values) {

    /**
     * Returns this field without the parts that have no value. An update sends such parts to clear them; an add must not.
     *
     * @return this field if it has no such part, else a copy
     */
    public CustomField filled() {
        return values.stream().anyMatch(CustomField::isCleared)
                ? new CustomField(
                        id, values.stream().filter(value -> !isCleared(value)).toList())
                : this;
    }

    /** As Java computes it for records now; the journal keeps {@link Operation.Add#content} across versions of Java. */
    @Override
    public int hashCode() {
        return 31 * id.hashCode() + values.hashCode();
    }

    private static boolean isCleared(Value value) {
        return value instanceof WithSubtype part && part.value().isBlank();
    }

    /** One value of a field. */
    public sealed interface Value permits Plain, WithEnum, WithSubtype, Option, Raw {}

    /**
     * {@code {"value": …}}.
     *
     * @param value the text
     */
    public record Plain(String value) implements Value {

        @Override
        public int hashCode() {
            return value.hashCode();
        }
    }

    /**
     * {@code {"value": …, "enum": …}}: a value with a kind, such as a phone number at work.
     *
     * @param value the text
     * @param enumId the id of the kind, or its word
     */
    public record WithEnum(String value, String enumId) implements Value {}

    /**
     * {@code {"value": …, "subtype": …}}: a part of the value. The API erases the parts that are not sent.
     *
     * @param value the text; blank to clear the part
     * @param subtype the name of the part
     */
    public record WithSubtype(String value, String subtype) implements Value {}

    /**
     * An option id without an object around it, as multi-select fields take them.
     *
     * @param enumId the option's id
     */
    public record Option(String enumId) implements Value {}

    /**
     * Any other value that a JSON drop gives in {@code custom_fields}. It is sent as it is.
     *
     * @param json a cell as {@link Row} describes it
     */
    public record Raw(Object json) implements Value {}
}
