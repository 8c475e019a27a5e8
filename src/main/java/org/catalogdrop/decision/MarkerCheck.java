package org.catalogdrop.decision;

import java.util.List;
import java.util.OptionalLong;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Marker;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Upsert;
import org.catalogdrop.model.Verdict;

/**
 * Checks that rows leave the field of {@code kommo.marker-field} to the program. A marker from a list or an undo file is allowed.
 * Immutable.
 *
 * @param field the field; empty if there is none
 */
public record MarkerCheck(OptionalLong field) {

    /** @throws DropRefused {@link Code#MARKER_TAKEN} if a row that may be added sets the field */
    public void check(Verdict verdict, long row) {
        if (field.isEmpty()) {
            return;
        }
        List<CustomField> fields = verdict instanceof Operation.Add add
                ? add.fields()
                : verdict instanceof Upsert upsert ? upsert.fields() : List.of();
        String id = Long.toString(field.getAsLong());
        boolean taken = fields.stream()
                .filter(one -> one.id().equals(id))
                .flatMap(one -> one.values().stream())
                .anyMatch(value -> !(value instanceof CustomField.Plain plain && Marker.isOne(plain.value())));
        if (taken) {
            throw new DropRefused(
                    Code.MARKER_TAKEN,
                    "row " + row + " sets field " + id
                            + ", which kommo.marker-field names. In this field the program records which row an"
                            + " element belongs to. Nothing was sent. Remove the column, or name another field.");
        }
    }
}
