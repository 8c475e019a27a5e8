package org.catalogdrop.kommo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.CustomField.Value;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Problem;

/**
 * Merges an update with what its element has. The API erases those parts and kinds of a field's values that an update of the field does
 * not send, so they are read and sent along. Values without a part or kind, and options, are always the whole of their field. Used by one
 * thread.
 */
public final class FieldMerge {

    private final Element element;
    private Optional<Problem> problem = Optional.empty();

    private FieldMerge(Element element) {
        this.element = element;
    }

    /**
     * The update to send, or why it cannot be sent.
     *
     * @param update the update to send
     * @param problem why not; empty if it can be sent
     */
    public record Merged(Operation.Update update, Optional<Problem> problem) {}

    /** Returns whether the update gives only a part of a field's possible values. */
    public static boolean isNeeded(Operation.Update update) {
        for (CustomField field : update.fields()) {
            if (isPartial(update, field)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPartial(Operation.Update update, CustomField field) {
        if (update.replaced().contains(field.id())) {
            return false;
        }
        for (Value value : field.values()) {
            boolean kind =
                    value instanceof CustomField.WithEnum withEnum && !ValueComparison.isNumber(withEnum.enumId());
            if (kind || value instanceof CustomField.WithSubtype) {
                return true;
            }
        }
        return false;
    }

    public static Merged of(Operation.Update asked, Element element) {
        Operation.Update update = asked.isNameless() ? asked.named(WriteForm.name(element)) : asked;
        if (!isNeeded(update)) {
            return new Merged(update, Optional.empty());
        }
        FieldMerge merge = new FieldMerge(element);
        List<CustomField> fields = update.fields().stream()
                .map(field -> isPartial(update, field) ? merge.field(field) : field)
                .toList();
        return new Merged(update.with(fields), merge.problem);
    }

    /**
     * Returns whether an update would leave the element as it is.
     *
     * @param same compares a field that would be sent with what the element has
     */
    public static boolean changesNothing(
            Operation.Update update, Element element, BiPredicate<CustomField, Element> same) {
        return (update.isNameless() || ValueComparison.name(update.name()).equals(ValueComparison.name(element.name())))
                && of(update, element).update().fields().stream().allMatch(field -> same.test(field, element));
    }

    private CustomField field(CustomField sent) {
        List<Value> values = new ArrayList<>(sent.values());
        // A part without a value is to be cleared, which happens by not sending it.
        values.removeIf(value ->
                value instanceof CustomField.WithSubtype part && part.value().isBlank());
        Optional<Element.Field> there = ValueComparison.field(element, sent.id());
        Set<String> kinds = sent.values().stream()
                .filter(value -> value instanceof CustomField.WithEnum)
                .map(value -> ((CustomField.WithEnum) value).enumId())
                .collect(Collectors.toSet());
        boolean inParts = sent.values().stream().anyMatch(value -> value instanceof CustomField.WithSubtype);
        for (Element.FieldValue read : there.map(Element.Field::values).orElse(List.of())) {
            if (read.value().isBlank()) {
                continue;
            }
            if (inParts && !speaksOfPart(sent, read)) {
                values.add(kept(sent, read));
            } else if (!inParts && !speaksOfKind(sent, kinds, read)) {
                String text = ValueComparison.unescaped(read.value());
                values.add(
                        read.enumId().isEmpty()
                                ? new CustomField.Plain(text)
                                : new CustomField.WithEnum(text, read.enumId()));
            }
        }
        return new CustomField(sent.id(), values);
    }

    private static boolean speaksOfPart(CustomField sent, Element.FieldValue read) {
        return sent.values().stream()
                .anyMatch(value -> value instanceof CustomField.WithSubtype withSubtype
                        && ValueComparison.samePart(withSubtype.subtype(), read.subtype()));
    }

    /** Returns a value that was read, with its part in the row's own notation, words or numbers. */
    private static Value kept(CustomField sent, Element.FieldValue read) {
        String text = ValueComparison.unescaped(read.value());
        boolean numbers = sent.values().stream()
                .anyMatch(value -> value instanceof CustomField.WithSubtype withSubtype
                        && ValueComparison.isNumber(withSubtype.subtype()));
        if (read.subtype().isEmpty()) {
            return new CustomField.Plain(text);
        }
        return new CustomField.WithSubtype(text, numbers ? read.subtype() : ValueComparison.part(read.subtype()));
    }

    /** Returns whether the row gives a value of this kind. A value without a kind counts as given if the row gives any without one. */
    private boolean speaksOfKind(CustomField sent, Set<String> kinds, Element.FieldValue read) {
        boolean same = sent.values().stream().anyMatch(value -> ValueComparison.isFor(value, read));
        if (same || kinds.stream().anyMatch(read.enumId()::equalsIgnoreCase)) {
            return true;
        }
        if (ValueComparison.isNumber(read.enumId())) {
            problem = Optional.of(new Problem(
                    Code.KIND_UNCLEAR,
                    "cf:" + sent.id() + ":enum",
                    ("the account writes the kinds of field %s as numbers (%s for '%s'), the row as words (%s), so it is not certain which"
                                    + " values the update would erase. Write the numbers, as a list read back has them, or put %s into cf:replace to have"
                                    + " the row's values take the place of all.")
                            .formatted(
                                    sent.id(),
                                    read.enumId(),
                                    ValueComparison.unescaped(read.value()),
                                    String.join(", ", kinds),
                                    sent.id())));
        }
        return read.enumId().isEmpty() && sent.values().stream().anyMatch(value -> value instanceof CustomField.Plain);
    }
}
