package org.catalogdrop.report;

import java.util.ArrayList;
import java.util.List;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Cells;
import org.catalogdrop.model.Change;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;

/** Keeps the first changed values of a load, read from the rows that take them back. Used by one thread at a time. */
public final class ChangeSamples {

    private static final int MOST = 20;

    /** The prefix of columns with the value after the change, as a condition of the undo. */
    private static final String AFTER = "_was:";

    private final List<Change> changes = new ArrayList<>();

    /**
     * Takes an outcome.
     *
     * @param undo the row that takes it back
     */
    public void add(Outcome outcome, Cells undo) {
        if (outcome.status() != Status.UPDATED || changes.size() >= MOST) {
            return;
        }
        for (int i = 0; i < undo.columns().size() && changes.size() < MOST; i++) {
            int after = undo.columns().indexOf(AFTER + undo.columns().get(i));
            if (after >= 0 && !undo.texts().get(i).equals(undo.texts().get(after))) {
                changes.add(change(
                        outcome,
                        undo.columns().get(i),
                        undo.texts().get(i),
                        undo.texts().get(after)));
            }
        }
    }

    private static Change change(Outcome outcome, String field, String before, String after) {
        return new Change(
                outcome.row().number(),
                outcome.row().line(),
                Action.UPDATE,
                outcome.id(),
                field,
                before,
                after,
                "",
                "",
                "",
                true);
    }

    /** Returns the changes that were kept, truncated to what a page can show. */
    public List<Change> changes() {
        return changes.stream().map(ChangeSamples::shown).toList();
    }

    static Change shown(Change change) {
        return new Change(
                change.row(),
                change.line(),
                change.action(),
                change.id(),
                DisplayText.of(change.field()),
                DisplayText.of(change.before()),
                DisplayText.of(change.after()),
                DisplayText.of(change.key()),
                DisplayText.of(change.name()),
                DisplayText.of(change.fieldName()),
                change.isUndoable());
    }
}
