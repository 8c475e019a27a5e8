package org.catalogdrop.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.kommo.SameValue;
import org.catalogdrop.kommo.read.Changes;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;

/** Compares what was sent for an element with what the account has. Forms in which the API stores a value are no difference. */
public final class ValueDifferences {

    /**
     * A value that is not as it was sent.
     *
     * @param field {@code name}, or the field's id with its name where the answer has it
     */
    public record Difference(String field, String sent, String found) {}

    private ValueDifferences() {}

    /**
     * Returns what differs, the name first.
     *
     * @param name the name that was sent; empty if none was
     * @param fields the fields that were sent; one without values was cleared
     */
    public static List<Difference> of(String name, List<CustomField> fields, Element element) {
        List<Difference> differences = new ArrayList<>();
        if (!name.isEmpty() && !isStoredAs(name, element.name())) {
            differences.add(new Difference("name", name, SameValue.unescaped(element.name())));
        }
        for (CustomField field : fields) {
            if (!isSame(field, element)) {
                Optional<Element.Field> found = SameValue.field(element, field.id());
                String called = found.map(Element.Field::name)
                        .filter(word -> !word.isEmpty())
                        .map(word -> " (" + word + ")")
                        .orElse("");
                differences.add(new Difference(
                        "cf:" + field.id() + called,
                        Changes.sent(field),
                        found.map(Changes::read).orElse("")));
            }
        }
        return differences;
    }

    private static boolean isSame(CustomField sent, Element element) {
        if (SameValue.isVague(List.of(sent))) {
            return true; // objects come back in a form of their own
        }
        boolean parts = sent.values().stream().anyMatch(value -> value instanceof CustomField.WithSubtype);
        // Parts that a row does not name stay as they were.
        return parts
                ? SameValue.fields(List.of(sent), element)
                : SameValue.exactly(sent, element) || isStoredAs(sent, element);
    }

    /** Whether each text may be what the API has made of the one that was sent. */
    private static boolean isStoredAs(CustomField sent, Element element) {
        List<Element.FieldValue> found =
                SameValue.field(element, sent.id()).map(Element.Field::values).orElse(List.of());
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
        return SameValue.plain(sent).equals(SameValue.plain(found))
                || StoredNames.isChangeable(sent)
                        && (SameValue.rest(sent).equals(SameValue.rest(found)) || SameValue.isCutOf(found, sent));
    }
}
