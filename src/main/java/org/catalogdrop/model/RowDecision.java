package org.catalogdrop.model;

import java.time.Instant;

/**
 * What has to be done for a row of a drop: an {@link Operation} is to be sent for the first time, one {@link InDoubt} is to be looked up, an
 * {@link Outcome} is to be written, and a bare {@link Row} needs nothing. Other verdicts of a mapping become one of these first.
 */
public sealed interface RowDecision permits Verdict, RowDecision.InDoubt, Outcome, Row {

    /**
     * Returns the row.
     *
     * @return the row of the drop that it is about
     */
    Row row();

    /**
     * An operation that was sent before, and may have been applied.
     *
     * @param operation what the row asks for
     * @param since the time of the intent
     */
    record InDoubt(Operation operation, Instant since) implements RowDecision {

        @Override
        public Row row() {
            return operation.row();
        }
    }
}
