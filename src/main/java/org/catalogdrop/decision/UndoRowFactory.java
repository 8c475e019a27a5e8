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

/** The rows of {@code undo.csv}. They hang on the drop and the journal alone, so that a load that goes on makes the same ones. */
public final class UndoRowFactory {

    private final Undo undo;
    private final LongFunction<Optional<Element>> before;

    /** @param before the element of a row as it was before, if it is known */
    public UndoRowFactory(Undo undo, LongFunction<Optional<Element>> before) {
        this.undo = undo;
        this.before = before;
    }

    /** Returns the row that takes an outcome back; empty if it cannot be, or nothing is to be taken back. */
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
                                // Else it is that of an element that was gone, and the row has changed another.
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

    /** Returns a row of a key that is known by now was an add when it was not. */
    private static Optional<Operation.Add> added(Operation asked) {
        if (asked instanceof Operation.Update update) {
            return Optional.of(update.asAdd());
        }
        return asked instanceof Operation.Add add ? Optional.of(add) : Optional.empty();
    }

    private static Cells ofUpdated(Operation.Update update, Element element) {
        List<UndoRow.Changed> changed = new ArrayList<>();
        // What was sent for the row, which had with it whatever must not be erased.
        Operation.Update sent = PreRead.merged(update, element);
        for (CustomField after : sent.fields()) {
            WriteForm.field(element, after).ifPresent(then -> changed.add(new UndoRow.Changed(then, after)));
        }
        return UndoRow.ofUpdated(
                update.id(), update.catalogId(), new UndoRow.Names(WriteForm.name(element), sent.name()), changed);
    }
}
