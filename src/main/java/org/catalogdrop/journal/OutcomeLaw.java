package org.catalogdrop.journal;

import java.util.StringJoiner;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;

/** The rule that a drop is done only if every row has exactly one outcome, and the results agree with the journal. Stateless. */
final class OutcomeLaw {

    private OutcomeLaw() {}

    static void check(Summary summary, DropEntry entry, RowCounts tally) {
        String faults = faults(summary, entry, tally);
        if (!faults.isEmpty()) {
            throw new RunHalted(
                    Code.JOURNAL,
                    summary.drop() + ": the results and the journal do not agree: " + faults
                            + ". The drop is not called done; start again to make its results from the journal, and report"
                            + " this if it stays.");
        }
    }

    /** Returns where they disagree; empty if they agree. */
    static String faults(Summary summary, DropEntry entry, RowCounts tally) {
        StringJoiner faults = new StringJoiner("; ");
        faults.setEmptyValue("");
        long sum =
                summary.byStatus().values().stream().mapToLong(Long::longValue).sum();
        if (sum != summary.rows()) {
            faults.add("the outcomes are " + sum + ", the rows " + summary.rows());
        }
        if (entry.rows() >= 0 && entry.rows() != summary.rows()) {
            faults.add("the rows are " + summary.rows() + ", when the file was checked they were " + entry.rows());
        }
        if (tally.doubtful() > 0) {
            faults.add(Plural.of(tally.doubtful(), "row was sent and has", "rows were sent and have") + " no outcome");
        }
        for (Status status : Status.values()) {
            long reported = summary.count(status);
            long known = tally.count(status);
            if (reported < known || (reported > known && !mayEndUnsent(status))) {
                faults.add(Plural.of(reported, "row is", "rows are") + " reported as " + status.word()
                        + ", the journal has " + known);
            }
        }
        return faults.toString();
    }

    /** Returns whether a row can end with this status without a request: rejected, skipped or unchanged. */
    private static boolean mayEndUnsent(Status status) {
        return switch (status) {
            case REJECTED, UNCHANGED, SKIPPED -> true;
            case CREATED, UPDATED, DELETED, IN_DOUBT -> false;
        };
    }
}
