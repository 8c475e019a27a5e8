package org.catalogdrop.kommo.read;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.catalogdrop.kommo.ValueComparison;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Precondition;

/** Compares an element with a condition. The same value in another form is no difference. Used by one thread. */
final class PreconditionDiff {

    private static final int SHOWN = 60;

    private final Precondition was;
    private final Element element;
    private Optional<String> difference = Optional.empty();
    private String column = "";

    PreconditionDiff(Precondition was, Element element) {
        this.was = was;
        this.element = element;
        compare();
    }

    /** Returns the first difference; empty if there is none. */
    Optional<String> difference() {
        return difference;
    }

    /** Returns the column of the condition with the difference; empty if it is no single column. */
    String column() {
        return column;
    }

    private void compare() {
        Optional<String> name = was.name();
        if (name.isPresent() && !ValueComparison.name(name.get()).equals(ValueComparison.name(element.name()))) {
            note("_was:name", "its name", ValueComparison.unescaped(element.name()), name.get());
            return;
        }
        for (CustomField field : was.fields()) {
            boolean same = was.isWhole(field)
                    ? ValueComparison.exactly(field, element)
                    : ValueComparison.fields(List.of(field), element);
            if (!same) {
                String now = ValueComparison.field(element, field.id())
                        .map(OperationDiff::read)
                        .orElse("");
                note("_was:cf:" + field.id(), "field " + field.id(), now, OperationDiff.sent(field));
                return;
            }
        }
        if (was.alone()) {
            compareOthers(was.fields().stream().map(CustomField::id).collect(Collectors.toSet()));
        }
    }

    private void compareOthers(Set<String> expected) {
        for (Element.Field field : element.fields()) {
            boolean empty = field.values().stream()
                    .allMatch(value -> value.value().isBlank() && value.enumId().isBlank());
            boolean marker = field.values().stream().allMatch(value -> Marker.isOne(value.value()));
            if (!empty && !marker && !expected.contains(field.id())) {
                note("_was:cf:replace", "field " + field.id(), OperationDiff.read(field), "");
                return;
            }
        }
    }

    private void note(String where, String what, String now, String then) {
        column = where;
        difference = Optional.of(what + " is " + shown(now) + ", expected " + shown(then));
    }

    private static String shown(String text) {
        if (text.isEmpty()) {
            return "empty";
        }
        return "'" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text) + "'";
    }
}
