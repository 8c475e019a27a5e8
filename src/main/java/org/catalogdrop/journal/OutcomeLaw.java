package org.catalogdrop.journal;

import java.util.StringJoiner;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;

/** A drop is done only if every row has exactly one outcome, and the results say what the journal says. */
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

    /** In what they do not agree; empty if they do. */
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
            long told = summary.count(status);
            long known = tally.count(status);
            if (told < known || (told > known && !mayEndUnsent(status))) {
                faults.add(Plural.of(told, "row is", "rows are") + " reported as " + status.word()
                        + ", the journal has " + known);
            }
        }
        return faults.toString();
    }

    /** A row can be refused, skipped, or found to ask for nothing new, without a request. */
    private static boolean mayEndUnsent(Status status) {
        return switch (status) {
            case REJECTED, UNCHANGED, SKIPPED -> true;
            case CREATED, UPDATED, DELETED, IN_DOUBT -> false;
        };
    }
}
