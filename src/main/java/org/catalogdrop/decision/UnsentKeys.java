package org.catalogdrop.decision;

import java.util.Optional;
import org.catalogdrop.journal.store.KnownKey;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Upsert;

/**
 * Rows that are not sent because their mapping file says so for their keys: unknown keys are rejected or skipped, known keys skipped.
 * Stateless.
 */
public final class UnsentKeys {

    private UnsentKeys() {}

    /** Returns why a row whose key no element has is not sent; empty if it is added. */
    public static Optional<Problem> unknown(KeyLocation place, String key) {
        String unknown = "the list has no element with the key '" + key + "', and the mapping file ";
        return switch (place.unknown()) {
            case ADD -> Optional.empty();
            case REJECT ->
                Optional.of(new Problem(
                        Code.UNKNOWN_KEY,
                        place.column(),
                        unknown
                                + "does not add unknown keys. Correct the key, or let the mapping file add them"
                                + " (action: upsert) or skip them (unknown: skip)."));
            case SKIP ->
                Optional.of(new Problem(
                        Code.SKIPPED, place.column(), unknown + "skips such rows (unknown: skip). Nothing was sent."));
        };
    }

    /** Returns why a row whose key an element has is not sent; empty if it is updated. */
    public static Optional<Problem> known(KeyLocation place, KnownKey key) {
        return switch (place.known()) {
            case UPDATE -> Optional.empty();
            case SKIP ->
                Optional.of(new Problem(
                        Code.SKIPPED,
                        place.column(),
                        "element " + key.element() + " has the key '" + key.text()
                                + "', and the mapping file skips such rows (known: skip). Nothing was sent."));
        };
    }

    /** Returns the outcome of a row that is not sent for such a reason. */
    static Outcome ended(Upsert upsert, Problem problem, long element) {
        return isSkip(problem) ? Outcome.skipped(upsert, problem, element) : Outcome.refused(upsert, problem);
    }

    /** Returns the outcome of a row that is not sent for such a reason, but of which something was sent before. */
    static Outcome ended(Operation operation, Problem problem, long element) {
        return isSkip(problem)
                ? Outcome.of(operation, Status.SKIPPED, element, Optional.of(problem))
                : Outcome.refused(operation, problem);
    }

    public static boolean isSkip(Problem problem) {
        return problem.code() == Code.SKIPPED;
    }
}
