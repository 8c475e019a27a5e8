package org.catalogdrop.mapping;

import java.util.List;
import java.util.Optional;
import org.catalogdrop.model.NormalizedName;
import org.catalogdrop.model.Row;

/**
 * JSON numbers that are keys in another notation than they are written. Elements that have such a key as it is written, from loads of
 * versions before or by hand, are not found by it, so this is reported once.
 */
final class KeyNumbers {

    private Optional<String> first = Optional.empty();

    void note(Row row, ValuePick.KeyCell pick, int[] at) {
        if (first.isEmpty() && !row.problem().isPresent()) {
            String written = pick.cell().cell(row, at).toString();
            String key = pick.cell(row, at).toString();
            if (!key.equals(written)) {
                first = Optional.of("column " + NormalizedName.show(pick.column())
                        + " has numbers as keys, which are read without exponent and without zeros at the end: "
                        + Quoted.text(written) + " in row " + row.number() + " is the key " + Quoted.text(key)
                        + ". If the list has keys as they are written there, write them as texts, in quotes");
            }
        }
    }

    /** Returns a sentence for whoever looks after the drop; none if there is nothing to say. */
    List<String> remarks() {
        return first.stream().toList();
    }
}
