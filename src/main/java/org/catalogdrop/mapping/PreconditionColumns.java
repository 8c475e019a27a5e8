package org.catalogdrop.mapping;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.mapping.Column.Kind;
import org.catalogdrop.mapping.value.MultiValueCell;
import org.catalogdrop.mapping.value.Quoted;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Precondition;

/** Reads the columns {@code _was:…}, which say what the element must be like, and {@code cf:replace}. Stateless. */
final class PreconditionColumns {

    private static final String ALL = "*";

    private PreconditionColumns() {}

    /** Returns the condition of a row; empty if it has none. */
    static Optional<Precondition> of(RowCells reading) {
        Optional<Layout> layout = reading.layout().condition();
        if (layout.isEmpty() || reading.failed()) {
            return Optional.empty();
        }
        RowCells then = new RowCells(reading.row(), layout.get(), true);
        boolean alone = isAll(then);
        Set<String> whole = alone ? Set.of() : listed(then);
        String name = then.text(Kind.NAME, Code.BAD_TEXT);
        List<CustomField> fields = CustomFieldReader.of(then, whole);
        then.problem().ifPresent(reading::fault);
        Precondition was =
                new Precondition(name.isBlank() ? Optional.empty() : Optional.of(name), fields, whole, alone);
        return was.isEmpty() ? Optional.empty() : Optional.of(was);
    }

    /** Returns the ids of fields to be replaced: those listed, or all for which the row has values. */
    static Set<String> replaced(RowCells reading) {
        if (reading.layout().index(Kind.REPLACE) < 0 || reading.failed()) {
            return Set.of();
        }
        if (!isAll(reading)) {
            return listed(reading);
        }
        Set<String> ids = new LinkedHashSet<>();
        CustomFieldReader.of(reading).forEach(field -> ids.add(field.id()));
        return ids;
    }

    private static boolean isAll(RowCells reading) {
        return reading.text(Kind.REPLACE, Code.BAD_FIELD).strip().equals(ALL);
    }

    private static Set<String> listed(RowCells reading) {
        String text = reading.text(Kind.REPLACE, Code.BAD_FIELD);
        Set<String> ids = new LinkedHashSet<>();
        for (String id : text.isBlank() ? List.<String>of() : MultiValueCell.split(text)) {
            Optional<String> known = reading.layout().fieldId(id.strip());
            if (known.isPresent()) {
                ids.add(known.get());
            } else {
                String column = reading.column(Kind.REPLACE);
                reading.fault(
                        Code.BAD_FIELD,
                        column,
                        "column %s must be ids of fields, or names that columns of the drop have, separated by |, or *; found %s. Correct it.",
                        Quoted.text(text));
            }
        }
        return ids;
    }
}
