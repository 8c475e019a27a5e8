package org.catalogdrop.mapping.rule;

import java.util.Map;
import java.util.Optional;
import org.catalogdrop.model.Action;

/** How a row's action is determined. Without a rule it is an update if the row has an id, else an add. Immutable. */
public sealed interface ActionRule {

    /** The same for all rows. */
    record Fixed(Action action) implements ActionRule {}

    /** An add or an update, depending on whether an element with the row's key exists; the parameters are as in {@link KeyLocation}. */
    record ByKey(
            KeyLocation.Unknown unknown, KeyLocation.Known known, KeyLocation.Gone gone, Optional<Threshold> missing)
            implements ActionRule {}

    /** By the id alone, like an empty standard column {@code action}. */
    record ByIdAlone() implements ActionRule {}

    /**
     * By a column.
     *
     * @param words the drop's words, stripped and in lower case; none if they are add, update and delete
     * @param otherwise the action for any other word, and for an empty cell
     */
    record ByColumn(String column, Map<String, Action> words, Optional<Action> otherwise) implements ActionRule {}
}
