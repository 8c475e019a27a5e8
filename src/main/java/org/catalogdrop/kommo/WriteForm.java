package org.catalogdrop.kommo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.Element;

/** Converts what was read back into the form in which it can be sent: the reverse of what {@link ValueComparison} compares. Stateless. */
public final class WriteForm {

    private WriteForm() {}

    /** Returns the name of an element as it can be sent. */
    public static String name(Element element) {
        return ValueComparison.unescaped(element.name());
    }

    /** Returns the fields in which an element has values. A field with objects, which have no text form, is left out. */
    public static List<CustomField> fields(Element element) {
        List<CustomField> fields = new ArrayList<>();
        for (Element.Field field : element.fields()) {
            of(field, Optional.empty()).filter(one -> !one.values().isEmpty()).ifPresent(fields::add);
        }
        return fields;
    }

    /**
     * Returns a field of an element; without values if it has none, empty if it has objects.
     *
     * @param like values of the same field that were sent, whose forms are used
     */
    public static Optional<CustomField> field(Element element, CustomField like) {
        return ValueComparison.field(element, like.id())
                .map(field -> of(field, Optional.of(like)))
                .orElse(Optional.of(new CustomField(like.id(), List.of())));
    }

    private static Optional<CustomField> of(Element.Field field, Optional<CustomField> like) {
        List<Element.FieldValue> filled = field.values().stream()
                .filter(value -> !(value.value().isBlank() && value.enumId().isBlank()))
                .toList();
        boolean texts = like.isPresent()
                && like.get().values().stream().allMatch(value -> value instanceof CustomField.Plain)
                && !like.get().values().isEmpty();
        if (!texts && filled.stream().anyMatch(value -> isObject(value.value()))) {
            return Optional.empty();
        }
        boolean options = filled.stream().allMatch(value -> ValueComparison.isNumber(value.enumId()));
        List<Value> values = new ArrayList<>(filled.size());
        for (Element.FieldValue value : filled) {
            values.add(value(value, like, options));
        }
        return Optional.of(new CustomField(field.id(), values));
    }

    private static Value value(Element.FieldValue read, Optional<CustomField> like, boolean options) {
        String text = ValueComparison.unescaped(read.value());
        if (!read.subtype().isEmpty()) {
            return new CustomField.WithSubtype(text, ValueComparison.part(read.subtype()));
        }
        if (read.enumId().isEmpty()) {
            return new CustomField.Plain(text);
        }
        boolean sentById = like.isPresent()
                && like.get().values().stream()
                        .anyMatch(value ->
                                value instanceof CustomField.Plain plain && ValueComparison.isNumber(plain.value()));
        boolean sentWithText = like.isPresent()
                && like.get().values().stream().anyMatch(value -> value instanceof CustomField.WithEnum);
        if (options && sentById) {
            return new CustomField.Plain(read.enumId());
        }
        return options && !sentWithText
                ? new CustomField.Option(read.enumId())
                : new CustomField.WithEnum(text, read.enumId());
    }

    private static boolean isObject(String text) {
        return text.startsWith("{\"") || text.startsWith("[{") || text.startsWith("[[");
    }
}
