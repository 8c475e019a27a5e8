package org.catalogdrop.report;

import java.util.List;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Status;

/**
 * Rows that were not accepted for the same cause.
 *
 * @param status how they ended
 * @param code why
 * @param column the column at fault; empty if it is none in particular
 * @param count how many rows
 * @param message what the first of them says
 * @param examples the first of them, at most {@value ProblemGroups#EXAMPLES}
 */
public record ProblemGroup(
        Status status, Code code, String column, long count, String message, List<RowExample> examples) {

    /** Returns what helps; empty if the manual has no cure for it. */
    public String cure() {
        return Cures.of(code);
    }
}
