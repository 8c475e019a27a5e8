package org.catalogdrop.model;

import java.util.List;
import java.util.Optional;

/**
 * How one row ended.
 *
 * @param row the row
 * @param requestId its request_id, empty if it has no usable one, or stands in no drop
 * @param action its action's word, empty if it has no usable one
 * @param status how it ended
 * @param id the element's id, 0 if there is none
 * @param problem why it was not accepted
 * @param key by what it is known again, if its mapping says so and it could be told
 * @param asked what the row asked for; empty if it came to no operation
 */
public record Outcome(
        Row row,
        String requestId,
        String action,
        Status status,
        long id,
        Optional<Problem> problem,
        Optional<Key> key,
        Optional<Operation> asked) {

    /** One of which it is not known what the row asked for. */
    public Outcome(Row row, String requestId, String action, Status status, long id, Optional<Problem> problem) {
        this(row, requestId, action, status, id, problem, Optional.empty(), Optional.empty());
    }

    /** Returns how the row of an operation ended. */
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

    /** Nothing had to be done. */
    public static Outcome unchanged(Operation operation, long id) {
        return of(operation, Status.UNCHANGED, id, Optional.empty());
    }

    public static Outcome done(Operation operation, long id) {
        return of(operation, Status.done(operation.action()), id, Optional.empty());
    }

    public static Outcome refused(Operation operation, Problem problem) {
        return unaccepted(operation, Status.REJECTED, problem);
    }

    public static Outcome inDoubt(Operation operation, Problem problem) {
        return unaccepted(operation, Status.IN_DOUBT, problem);
    }

    public static Outcome of(Reject reject) {
        return new Outcome(
                reject.row(), reject.requestId(), reject.action(), Status.REJECTED, 0, Optional.of(reject.problem()));
    }

    /** Returns the outcome of a row that is passed over. */
    public static Outcome of(Skip skip) {
        return new Outcome(skip.row(), skip.requestId(), "", Status.SKIPPED, 0, Optional.of(skip.problem()));
    }

    /** Returns the outcome of an upsert that is not sent for a reason. */
    public static Outcome refused(Upsert upsert, Problem problem) {
        return of(upsert, upsert.row(), "", Status.REJECTED, 0, Optional.of(problem));
    }

    /**
     * Returns the outcome of an upsert that is passed over.
     *
     * @param id the element with its key, 0 if there is none
     */
    public static Outcome skipped(Upsert upsert, Problem problem, long id) {
        return of(upsert, upsert.row(), "", Status.SKIPPED, id, Optional.of(problem));
    }

    /**
     * Returns the outcome of an upsert that says what was sent last for its key. Its cells are let go of: many such rows may wait for a row
     * before them.
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
