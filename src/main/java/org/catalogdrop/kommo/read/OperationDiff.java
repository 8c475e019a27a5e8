package org.catalogdrop.kommo.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.catalogdrop.kommo.ValueComparison;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Key;
import org.catalogdrop.model.Operation;

/** Compares an operation with its element: what it would change. The same value in another form is no change. Used by one thread. */
public final class OperationDiff {

    private static final String FIELD = "cf:";
    private static final String NAME = "name";

    private final Operation operation;
    private final Optional<Element> element;
    private final FieldNames names;
    private final boolean isUndoable;
    private final List<Change> found = new ArrayList<>();

    private OperationDiff(Operation operation, Optional<Element> element, FieldNames names, boolean isUndoable) {
        this.operation = operation;
        this.element = element;
        this.names = names;
        this.isUndoable = isUndoable;
    }

    /**
     * Returns the changes, that of the name first; none for an update that asks for what the element already has.
     *
     * @param before the element as it is; empty for an add
     * @param names the names of fields and options
     * @param isUndoable whether the operation could be taken back
     */
    public static List<Change> of(Operation operation, Optional<Element> before, FieldNames names, boolean isUndoable) {
        OperationDiff changes = new OperationDiff(operation, before, names, isUndoable);
        if (operation instanceof Operation.Add add) {
            changes.note(NAME, NAME, "", add.name());
            add.fields().forEach(field -> changes.note(field, ""));
        } else if (operation instanceof Operation.Update update) {
            before.ifPresent(element -> changes.compare(update, element));
        } else if (operation instanceof Operation.Delete) {
            changes.note("", "", changes.elementName(), "");
        }
        return changes.found;
    }

    private void compare(Operation.Update update, Element element) {
        if (!ValueComparison.name(update.name()).equals(ValueComparison.name(element.name()))) {
            note(NAME, NAME, ValueComparison.unescaped(element.name()), update.name());
        }
        for (CustomField field : update.fields()) {
            if (!ValueComparison.exactly(field, element)) {
                note(
                        field,
                        ValueComparison.field(element, field.id())
                                .map(OperationDiff::read)
                                .orElse(""));
            }
        }
    }

    private void note(CustomField field, String before) {
        note(FIELD + field.id(), names.name(field.id(), element), before, sent(field, names));
    }

    private void note(String field, String fieldName, String before, String after) {
        found.add(new Change(
                operation.row().number(),
                operation.row().line(),
                operation.action(),
                operation.element().orElse(0),
                field,
                before,
                after,
                operation.key().map(Key::text).orElse(""),
                elementName(),
                fieldName,
                isUndoable));
    }

    /** Returns the current name of the element; for a new one, its future name. */
    private String elementName() {
        return element.map(one -> ValueComparison.unescaped(one.name()))
                .orElse(operation instanceof Operation.Add add ? add.name() : "");
    }

    public static String read(Element.Field field) {
        return field.values().stream()
                .map(value -> ValueComparison.unescaped(value.value()) + part(value.enumId()) + part(value.subtype()))
                .collect(Collectors.joining("|"));
    }

    public static String sent(CustomField field) {
        return sent(field, FieldNames.NONE);
    }

    private static String sent(CustomField field, FieldNames names) {
        return field.values().stream()
                .map(value -> text(field.id(), value, names))
                .collect(Collectors.joining("|"));
    }

    private static String text(String fieldId, CustomField.Value value, FieldNames names) {
        if (value instanceof CustomField.Plain plain) {
            return names.label(fieldId, plain.value())
                    .map(label -> label + part(plain.value()))
                    .orElse(plain.value());
        }
        if (value instanceof CustomField.WithEnum withEnum) {
            return withEnum.value() + part(withEnum.enumId());
        }
        if (value instanceof CustomField.WithSubtype withSubtype) {
            return withSubtype.value() + part(withSubtype.subtype());
        }
        if (value instanceof CustomField.Option option) {
            return names.label(fieldId, option.enumId())
                            .map(label -> label + " ")
                            .orElse("") + "(" + option.enumId() + ")";
        }
        return String.valueOf(((CustomField.Raw) value).json());
    }

    private static String part(String word) {
        return word.isEmpty() ? "" : " (" + word + ")";
    }
}
