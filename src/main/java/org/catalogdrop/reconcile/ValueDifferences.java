package org.catalogdrop.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.kommo.ValueComparison;
import org.catalogdrop.kommo.read.OperationDiff;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;

/**
 * Compares what was sent for an element with what the account has. Forms in which the API stores a value do not count as differences.
 * Stateless.
 */
public final class ValueDifferences {

    /**
     * A value that is not as it was sent.
     *
     * @param field {@code name}, or the field's id, with its name if the answer has it
     * @param sent the value that was sent
     * @param found the value that the account has
     */
    public record Difference(String field, String sent, String found) {}

    private ValueDifferences() {}

    /**
     * Returns the differences, that of the name first.
     *
     * @param name the name that was sent; empty if none was
     * @param fields the fields that were sent; a field without values was cleared
     */
    public static List<Difference> of(String name, List<CustomField> fields, Element element) {
        List<Difference> differences = new ArrayList<>();
        if (!name.isEmpty() && !isStoredAs(name, element.name())) {
            differences.add(new Difference("name", name, ValueComparison.unescaped(element.name())));
        }
        for (CustomField field : fields) {
            if (!isSame(field, element)) {
                Optional<Element.Field> found = ValueComparison.field(element, field.id());
                String called = found.map(Element.Field::name)
                        .filter(word -> !word.isEmpty())
                        .map(word -> " (" + word + ")")
                        .orElse("");
                differences.add(new Difference(
                        "cf:" + field.id() + called,
                        OperationDiff.sent(field),
                        found.map(OperationDiff::read).orElse("")));
            }
        }
        return differences;
    }

    private static boolean isSame(CustomField sent, Element element) {
        if (ValueComparison.isVague(List.of(sent))) {
            return true; // objects come back in a form of their own
        }
        boolean parts = sent.values().stream().anyMatch(value -> value instanceof CustomField.WithSubtype);
        // Parts that a row does not name keep their values.
        return parts
                ? ValueComparison.fields(List.of(sent), element)
                : ValueComparison.exactly(sent, element) || isStoredAs(sent, element);
    }

    /** Returns whether each text may be the one that was sent, as the API stores it. */
    private static boolean isStoredAs(CustomField sent, Element element) {
        List<Element.FieldValue> found = ValueComparison.field(element, sent.id())
                .map(Element.Field::values)
                .orElse(List.of());
        if (found.size() != sent.values().size()) {
            return false;
        }
        for (int i = 0; i < found.size(); i++) {
            boolean text = sent.values().get(i) instanceof CustomField.Plain plain
                    && isStoredAs(plain.value(), found.get(i).value());
            if (!text) {
                return false;
            }
        }
        return true;
    }

    private static boolean isStoredAs(String sent, String found) {
        return ValueComparison.plain(sent).equals(ValueComparison.plain(found))
                || (StoredNameRules.isChangeable(sent)
                        && (ValueComparison.rest(sent).equals(ValueComparison.rest(found))
                                || ValueComparison.isCutOf(found, sent)));
    }
}
