package org.catalogdrop.model;

import java.util.List;
import java.util.Optional;

/**
 * How one row ended. Each row of a drop has exactly one outcome.
 *
 * @param row the row
 * @param requestId its request_id; empty if it has no valid one or is not in the drop
 * @param action the word of its action; empty if it has no valid one
 * @param status how it ended
 * @param id the element's id; 0 if there is none
 * @param problem why it was not accepted; empty if it was
 * @param key its natural key; empty if the mapping file has none or the row's cannot be read
 * @param asked what the row asked for; empty if it became no operation, or if that is not known any more
 */
public record Outcome(
        Row row,
        String requestId,
        String action,
        Status status,
        long id,
        Optional<Problem> problem,
        Optional<Key> key,
        Optional<Operation> asked)
        implements RowDecision {

    /**
     * Makes an outcome without a key and an operation.
     *
     * @param row the row
     * @param requestId its request_id; empty if it has no valid one
     * @param action the word of its action; empty if it has no valid one
     * @param status how it ended
     * @param id the element's id; 0 if there is none
     * @param problem why it was not accepted; empty if it was
     */
    public Outcome(Row row, String requestId, String action, Status status, long id, Optional<Problem> problem) {
        this(row, requestId, action, status, id, problem, Optional.empty(), Optional.empty());
    }

    /**
     * Returns the outcome of an operation.
     *
     * @param operation the operation
     * @param status how it ended
     * @param id the element's id; 0 if there is none
     * @param problem why it was not accepted; empty if it was
     * @return the outcome of its row
     */
    public static Outcome of(Operation operation, Status status, long id, Optional<Problem> problem) {
        return new Outcome(
                operation.row(),
                operation.requestId() == Operation.NO_REQUEST_ID ? "" : Integer.toString(operation.requestId()),
                operation.action().word(),
                status,
                id,
                problem,
                operation.key(),
                Optional.of(operation));
    }

    /**
     * Returns the outcome of an operation whose element already has what was asked for.
     *
     * @param operation the operation
     * @param id the element's id
     * @return an outcome {@link Status#UNCHANGED}
     */
    public static Outcome unchanged(Operation operation, long id) {
        return of(operation, Status.UNCHANGED, id, Optional.empty());
    }

    /**
     * Returns the outcome of an operation that was applied.
     *
     * @param operation the operation
     * @param id the element's id
     * @return an outcome {@code created}, {@code updated} or {@code deleted}
     */
    public static Outcome done(Operation operation, long id) {
        return of(operation, Status.done(operation.action()), id, Optional.empty());
    }

    /**
     * Returns the outcome of an operation that was certainly not applied.
     *
     * @param operation the operation
     * @param problem why not
     * @return an outcome {@link Status#REJECTED}
     */
    public static Outcome refused(Operation operation, Problem problem) {
        return unaccepted(operation, Status.REJECTED, problem);
    }

    /**
     * Returns the outcome of an operation that may have been applied.
     *
     * @param operation the operation
     * @param problem why that is not known, and the candidates
     * @return an outcome {@link Status#IN_DOUBT}
     */
    public static Outcome inDoubt(Operation operation, Problem problem) {
        return unaccepted(operation, Status.IN_DOUBT, problem);
    }

    /**
     * Returns the outcome of a row that became no operation.
     *
     * @param reject the row and why
     * @return an outcome {@link Status#REJECTED}
     */
    public static Outcome of(Reject reject) {
        return new Outcome(
                reject.row(),
                reject.requestId(),
                reject.action(),
                Status.REJECTED,
                0,
                Optional.of(reject.problem()),
                reject.key().map(text -> new Key(text, 0, 0)),
                Optional.empty());
    }

    /**
     * Returns the outcome of a row that is skipped.
     *
     * @param skip the row and why
     * @return an outcome {@link Status#SKIPPED}
     */
    public static Outcome of(Skip skip) {
        return new Outcome(skip.row(), skip.requestId(), "", Status.SKIPPED, 0, Optional.of(skip.problem()));
    }

    /**
     * Returns the outcome of an upsert that is not sent.
     *
     * @param upsert the row
     * @param problem why not
     * @return an outcome {@link Status#REJECTED}
     */
    public static Outcome refused(Upsert upsert, Problem problem) {
        return of(upsert, upsert.row(), "", Status.REJECTED, 0, Optional.of(problem));
    }

    /**
     * Returns the outcome of an upsert that is skipped.
     *
     * @param upsert the row
     * @param problem why it is skipped
     * @param id the id of the element with its key; 0 if there is none
     * @return an outcome {@link Status#SKIPPED}
     */
    public static Outcome skipped(Upsert upsert, Problem problem, long id) {
        return of(upsert, upsert.row(), "", Status.SKIPPED, id, Optional.of(problem));
    }

    /**
     * Returns the outcome of an upsert whose content is what was last sent for its key. The outcome does not hold the cells of the row,
     * because many such rows may wait in memory for an earlier row.
     *
     * @param upsert the row
     * @param id the id of the element with its key
     * @return an outcome {@link Status#UNCHANGED}
     */
    public static Outcome unchanged(Upsert upsert, long id) {
        Row light = Row.of(upsert.row().number(), upsert.row().line(), List.of(), List.of());
        return of(upsert, light, Action.UPDATE.word(), Status.UNCHANGED, id, Optional.empty());
    }

    private static Outcome of(
            Upsert upsert, Row row, String action, Status status, long id, Optional<Problem> problem) {
        return new Outcome(
                row,
                Integer.toString(upsert.requestId()),
                action,
                status,
                id,
                problem,
                Optional.of(new Key(upsert.key(), 0, 0)),
                Optional.empty());
    }

    private static Outcome unaccepted(Operation operation, Status status, Problem problem) {
        return of(operation, status, operation.element().orElse(0), Optional.of(problem));
    }
}
