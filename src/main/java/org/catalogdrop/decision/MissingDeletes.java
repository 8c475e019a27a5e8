package org.catalogdrop.decision;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.catalogdrop.journal.MissingKeyStore.MissingKey;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Precondition;
import org.catalogdrop.model.Row;

/**
 * The deletes of elements whose keys are not in a drop, as rows after its last one. Each has the condition that its element still has the
 * key.
 *
 * @param rows the number of rows of the drop
 */
public record MissingDeletes(Iterator<MissingKey> keys, KeyLocation place, long rows)
        implements Iterator<Operation.Delete> {

    @Override
    public boolean hasNext() {
        return keys.hasNext();
    }

    @Override
    public Operation.Delete next() {
        MissingKey key = keys.next();
        Row row = Row.beyond(rows + key.number());
        return Operation.Delete.missing(row, key.element(), place.catalog(), key.text(), was(key.text()));
    }

    private Precondition was(String key) {
        if (place.field().equals(KeyLocation.NAME)) {
            return new Precondition(Optional.of(key), List.of(), Set.of(), false);
        }
        CustomField field = new CustomField(place.field(), List.of(new CustomField.Plain(key)));
        return new Precondition(Optional.empty(), List.of(field), Set.of(), false);
    }
}
