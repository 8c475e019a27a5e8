package org.catalogdrop.decision;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import org.catalogdrop.config.Undo;
import org.catalogdrop.kommo.WriteForm;
import org.catalogdrop.kommo.read.PreRead;
import org.catalogdrop.mapping.UndoRow;
import org.catalogdrop.model.Cells;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;

/**
 * Makes the rows of {@code undo.csv}. They depend only on the drop and the journal, so a resumed load makes the same ones. Used by one
 * thread.
 */
public final class UndoRowFactory {

    private final Undo undo;
    private final LongFunction<Optional<Element>> before;

    /** @param before returns the before image of a row; empty if there is none */
    public UndoRowFactory(Undo undo, LongFunction<Optional<Element>> before) {
        this.undo = undo;
        this.before = before;
    }

    /** Returns the row that takes an outcome back; empty if that is impossible, or if there is nothing to take back. */
    public Optional<Cells> of(Outcome outcome) {
        if (undo == Undo.OFF || outcome.asked().isEmpty()) {
            return Optional.empty();
        }
        Operation asked = outcome.asked().get();
        return switch (outcome.status()) {
            case CREATED ->
                added(asked).map(add -> UndoRow.ofAdded(outcome.id(), add.catalogId(), add.name(), add.fields()));
            case UPDATED ->
                asked instanceof Operation.Update update
                        ? before.apply(outcome.row().number())
                                // Otherwise the before image is of an element that was deleted, and the row has changed
                                // another one.
                                .filter(element -> element.id() == update.id())
                                .map(element -> ofUpdated(update, element))
                        : Optional.empty();
            case DELETED ->
                before.apply(outcome.row().number())
                        .map(element -> UndoRow.ofDeleted(
                                element.catalogId(), WriteForm.name(element), WriteForm.fields(element)));
            case UNCHANGED, REJECTED, IN_DOUBT, SKIPPED -> Optional.empty();
        };
    }

    /** Returns the add of a row whose key is known by now and was not when the row was sent. */
    private static Optional<Operation.Add> added(Operation asked) {
        if (asked instanceof Operation.Update update) {
            return Optional.of(update.asAdd());
        }
        return asked instanceof Operation.Add add ? Optional.of(add) : Optional.empty();
    }

    private static Cells ofUpdated(Operation.Update update, Element element) {
        List<UndoRow.Changed> changed = new ArrayList<>();
        // What was sent for the row, including everything that must not be erased.
        Operation.Update sent = PreRead.merged(update, element);
        for (CustomField after : sent.fields()) {
            WriteForm.field(element, after).ifPresent(then -> changed.add(new UndoRow.Changed(then, after)));
        }
        return UndoRow.ofUpdated(
                update.id(), update.catalogId(), new UndoRow.Names(WriteForm.name(element), sent.name()), changed);
    }
}
