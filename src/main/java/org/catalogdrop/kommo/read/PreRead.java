package org.catalogdrop.kommo.read;

import java.util.Optional;
import org.catalogdrop.kommo.FieldMerge;
import org.catalogdrop.kommo.ValueComparison;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.CustomField;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;

/** Decides with the current element what to do with an operation: send it, send a changed one, or end it without a request. Stateless. */
public final class PreRead {

    private static final String LEFT =
            " It was left as it is. To apply the row anyway, remove the _was columns from the"
                    + " row and load it again.";

    private PreRead() {}

    /**
     * The decision. One of the two is present.
     *
     * @param send the operation to send
     * @param ended the outcome of the row without a request
     */
    public record Found(Optional<Operation> send, Optional<Outcome> ended) {

        private static Found send(Operation operation) {
            return new Found(Optional.of(operation), Optional.empty());
        }

        private static Found ended(Outcome outcome) {
            return new Found(Optional.empty(), Optional.of(outcome));
        }
    }

    /**
     * Returns whether an operation must not be sent before its element is read: it has a condition, changes a part of a field, or gives
     * no name.
     */
    public static boolean isNeeded(Operation operation) {
        return operation.was().isPresent()
                || (operation instanceof Operation.Update update
                        && (update.isNameless() || FieldMerge.isNeeded(update)));
    }

    /** Returns the decision for an operation that does not depend on its element. */
    public static Found unread(Operation operation) {
        return Found.send(operation);
    }

    /** Returns an update with everything that must be sent so that it erases nothing it does not mention. */
    public static Operation.Update merged(Operation.Update update, Element element) {
        return FieldMerge.of(update, element).update();
    }

    /**
     * @param pages the answers, with the element if it exists
     * @param repeated whether the operation may have been applied before
     */
    public static Found judge(Operation operation, ElementPages pages, boolean repeated) {
        if (!isNeeded(operation)) {
            return Found.send(operation);
        }
        long id = operation.element().orElseThrow();
        Optional<Element> element = pages.element(id);
        if (element.isEmpty()) {
            return pages.isUntold(id) ? Found.ended(unread(operation, id)) : absent(operation, id);
        }
        if (operation instanceof Operation.Delete delete && delete.isMissing()) {
            return missing(delete, element.get());
        }
        Optional<Found> unfit = operation.was().isPresent()
                ? unfit(
                        operation,
                        element.get(),
                        new PreconditionDiff(operation.was().get(), element.get()),
                        repeated)
                : Optional.empty();
        if (unfit.isPresent() || !(operation instanceof Operation.Update update)) {
            return unfit.orElseGet(() -> Found.send(operation));
        }
        FieldMerge.Merged merged = FieldMerge.of(update, element.get());
        return merged.problem().isPresent()
                ? Found.ended(Outcome.refused(operation, merged.problem().get()))
                : Found.send(merged.update());
    }

    private static Outcome unread(Operation operation, long id) {
        if (isMissing(operation)) {
            return Outcome.refused(
                    operation,
                    Problem.of(
                            Code.NOT_READ,
                            "element " + id
                                    + " is missing from the drop and would be deleted, but the list answered with"
                                    + " other elements when asked whether it still has its key. It was not deleted; the next"
                                    + " complete list tries again."));
        }
        return Outcome.refused(
                operation,
                Problem.of(
                        Code.NOT_READ,
                        "the row needs to know what element " + id
                                + " has now, but the list answered with other elements. Check catalog_id, then drop the"
                                + " row again."));
    }

    /**
     * Decides about an operation whose element does not exist. A delete is done. An update without a condition is left for the API to
     * refuse, if it can be sent.
     */
    private static Found absent(Operation operation, long id) {
        boolean nameless = operation instanceof Operation.Update update && update.isNameless();
        if (operation.was().isEmpty() && !nameless) {
            return Found.send(operation);
        }
        return Found.ended(
                operation instanceof Operation.Delete
                        ? Outcome.done(operation, id)
                        : Outcome.refused(
                                operation,
                                Problem.of(
                                        Code.NOT_FOUND,
                                        "the list has no element " + id
                                                + ", or no longer has it. Check id and catalog_id.")));
    }

    /**
     * Decides about an element that is missing from a complete list. Keys are compared to the letter: if someone gave the element another
     * key, the missing one is gone.
     */
    private static Found missing(Operation.Delete delete, Element element) {
        Optional<String> field = delete.was().orElseThrow().fields().stream()
                .map(CustomField::id)
                .findFirst();
        return KeyScan.hasKey(element, field, delete.key().orElseThrow().text())
                ? Found.send(delete)
                : Found.ended(Outcome.unchanged(delete, element.id()));
    }

    /** Returns the decision for an operation whose element does not meet its condition; empty if it does. */
    private static Optional<Found> unfit(
            Operation operation, Element element, PreconditionDiff unlike, boolean repeated) {
        Optional<String> difference = unlike.difference();
        if (difference.isEmpty()) {
            return Optional.empty();
        }
        if (operation instanceof Operation.Update update
                && FieldMerge.changesNothing(update, element, ValueComparison::exactly)) {
            return Optional.of(
                    Found.ended(repeated ? Outcome.done(update, update.id()) : Outcome.unchanged(update, update.id())));
        }
        String mismatch =
                "element " + element.id() + " is not as the row's _was columns say: " + difference.get() + ".";
        return Optional.of(Found.ended(
                repeated
                        ? Outcome.inDoubt(
                                operation,
                                Problem.of(
                                        Code.AMBIGUOUS,
                                        "no answer came, and " + mismatch
                                                + " Someone edited it, and nothing shows whether the row was applied before that. Look at it in"
                                                + " the account. If it is as the row wants it, nothing is left to do. If it is not, load the row"
                                                + " again in a file of its own, without its _was columns."))
                        : Outcome.refused(
                                operation,
                                new Problem(
                                        Code.EDITED_SINCE,
                                        unlike.column(),
                                        mismatch + " Someone, or a later load, changed it since." + LEFT))));
    }

    private static boolean isMissing(Operation operation) {
        return operation instanceof Operation.Delete delete && delete.isMissing();
    }
}
