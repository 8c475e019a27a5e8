package org.catalogdrop.kommo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;

/** What an operation would change of an element as it is now. Values that are the same in another dress are no change. */
public final class Changes {

    private static final String FIELD = "cf:";

    private final Operation operation;
    private final List<Change> found = new ArrayList<>();

    private Changes(Operation operation) {
        this.operation = operation;
    }

    /**
     * The changes, the name first; none for an update that asks for what is there.
     *
     * @param before the element as it is; empty for an add
     */
    public static List<Change> of(Operation operation, Optional<Element> before) {
        Changes changes = new Changes(operation);
        if (operation instanceof Operation.Add add) {
            changes.note("name", "", add.name());
            add.fields().forEach(field -> changes.note(FIELD + field.id(), "", sent(field)));
        } else if (operation instanceof Operation.Update update) {
            before.ifPresent(element -> changes.compare(update, element));
        } else if (operation instanceof Operation.Delete) {
            changes.note(
                    "",
                    before.map(element -> SameValue.unescaped(element.name())).orElse(""),
                    "");
        }
        return changes.found;
    }

    private void compare(Operation.Update update, Element element) {
        if (!SameValue.name(update.name()).equals(SameValue.name(element.name()))) {
            note("name", SameValue.unescaped(element.name()), update.name());
        }
        for (CustomField field : update.fields()) {
            if (!SameValue.exactly(field, element)) {
                String before =
                        SameValue.field(element, field.id()).map(Changes::read).orElse("");
                note(FIELD + field.id(), before, sent(field));
            }
        }
    }

    private void note(String field, String before, String after) {
        Action action = operation.action();
        long id = operation.element().orElse(0);
        found.add(new Change(operation.row().number(), operation.row().line(), action, id, field, before, after));
    }

    static String read(Element.Field field) {
        return field.values().stream()
                .map(value -> SameValue.unescaped(value.value()) + part(value.enumId()) + part(value.subtype()))
                .collect(Collectors.joining("|"));
    }

    static String sent(CustomField field) {
        return field.values().stream().map(Changes::text).collect(Collectors.joining("|"));
    }

    private static String text(CustomField.Value value) {
        if (value instanceof CustomField.Plain plain) {
            return plain.value();
        }
        if (value instanceof CustomField.WithEnum withEnum) {
            return withEnum.value() + part(withEnum.enumId());
        }
        if (value instanceof CustomField.WithSubtype withSubtype) {
            return withSubtype.value() + part(withSubtype.subtype());
        }
        if (value instanceof CustomField.Option option) {
            return "(" + option.enumId() + ")";
        }
        return String.valueOf(((CustomField.Raw) value).json());
    }

    private static String part(String word) {
        return word.isEmpty() ? "" : " (" + word + ")";
    }
}
