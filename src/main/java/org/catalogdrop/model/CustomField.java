package org.catalogdrop.model;

import java.util.List;

/**
 * One additional field of an element, in the forms of the vendor's page.
 *
 * @param id the field's id, as the drop writes it
 * @param values its values in order
 */
public record CustomField(String id, List<Value> values) {

    /** Returns the same without parts that have no value, which an update clears. */
    public CustomField filled() {
        return values.stream().anyMatch(CustomField::isCleared)
                ? new CustomField(
                        id, values.stream().filter(value -> !isCleared(value)).toList())
                : this;
    }

    private static boolean isCleared(Value value) {
        return value instanceof WithSubtype part && part.value().isBlank();
    }

    /** One value of a field. */
    public sealed interface Value permits Plain, WithEnum, WithSubtype, Option, Raw {}

    /** {@code {"value": …}}. */
    public record Plain(String value) implements Value {}

    /** {@code {"value": …, "enum": …}}: a value of a selectable kind. */
    public record WithEnum(String value, String enumId) implements Value {}

    /** {@code {"value": …, "subtype": …}}: a part of the value; the API erases the parts that are not sent. */
    public record WithSubtype(String value, String subtype) implements Value {}

    /** A bare option id, as multilist fields take them. */
    public record Option(String enumId) implements Value {}

    /** Anything else a JSON drop says in the API's own {@code custom_fields}; a cell as {@link Row} describes it. */
    public record Raw(Object json) implements Value {}
}
