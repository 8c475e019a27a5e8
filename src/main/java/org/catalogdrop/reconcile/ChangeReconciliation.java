package org.catalogdrop.reconcile;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.kommo.FieldMerge;
import org.catalogdrop.kommo.ValueComparison;
import org.catalogdrop.kommo.read.ElementPages;
import org.catalogdrop.kommo.read.PageBody;
import org.catalogdrop.kommo.read.PageRequest;
import org.catalogdrop.model.Answer;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;

/**
 * Reads the elements that updates and deletes in doubt name. A delete is done if its element is certainly gone. An update is done if its
 * element has exactly what was sent, and nothing that the update would remove. The others may be sent again, because repeating them does
 * no harm. Used by one thread.
 */
public final class ChangeReconciliation implements Reconciliation {

    private final Chunk chunk;
    private final ElementPages pages;

    /** @param chunk the updates or deletes that may have been applied */
    public ChangeReconciliation(Chunk chunk) {
        this.chunk = chunk;
        this.pages = new ElementPages(chunk.operations());
    }

    @Override
    public boolean isUnfinished() {
        return pages.isUnfinished();
    }

    @Override
    public String query() {
        return pages.query();
    }

    @Override
    public PageRequest next() {
        return pages.next();
    }

    @Override
    public Duration pause(Instant now) {
        return Duration.ZERO;
    }

    @Override
    public void take(PageBody page) {
        pages.take(page);
    }

    @Override
    public Answer judge() {
        List<Outcome> settled = new ArrayList<>();
        List<Operation> again = new ArrayList<>();
        for (Operation operation : chunk.operations()) {
            long id = operation.element().orElseThrow();
            Optional<Element> element = pages.element(id);
            if (element.isPresent()) {
                if (isApplied(operation, element.get())) {
                    settled.add(Outcome.done(operation, id));
                } else {
                    again.add(operation);
                }
            } else if (pages.isUnproven(id)) {
                again.add(operation);
            } else {
                settled.add(missing(operation, id));
            }
        }
        return new Answer(settled, List.of(), again, Optional.empty(), Optional.empty());
    }

    private Outcome missing(Operation operation, long id) {
        if (pages.isUntold(id)) {
            return Outcome.inDoubt(
                    operation,
                    Problem.of(
                            Code.AMBIGUOUS,
                            "no answer came, and the API did not say what element " + id
                                    + " has now. Look at it in the account. If it is as the row wants it, nothing is left to do. If it is"
                                    + " not, have the row looked up again."));
        }
        if (operation instanceof Operation.Delete) {
            return Outcome.done(operation, id);
        }
        return Outcome.refused(
                operation,
                Problem.of(
                        Code.NOT_FOUND,
                        "the list has no element " + id + ", or no longer has it. Check id and catalog_id."));
    }

    private static boolean isApplied(Operation operation, Element element) {
        return operation instanceof Operation.Update update
                && FieldMerge.changesNothing(update, element, ValueComparison::exactlyLiterally);
    }
}
