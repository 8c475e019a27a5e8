package org.catalogdrop.app;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Upsert;
import org.catalogdrop.model.Verdict;

/** Every row of a drop is parsed, mapped and judged before the first is sent, and the rejects are held to a budget. */
final class WholeCheck {

    /** Enough to see what is wrong; all of them are in the plan. */
    private static final int TOLD = 5;

    private final RejectBudget budget;
    private final Mapping mapping;
    private final Optional<DropKeys> keys;
    private final List<String> first = new ArrayList<>();
    private long rows;
    private long rejects;

    /** @param keys takes the keys, if the rows are upserts */
    WholeCheck(RejectBudget budget, Mapping mapping, Optional<DropKeys> keys) {
        this.budget = budget;
        this.mapping = mapping;
        this.keys = keys;
    }

    /**
     * Runs through all rows and gives their number.
     *
     * @throws DropRefused {@link Code#TOO_MANY_REJECTS} if more rows would be rejected than may be
     */
    long rows(Iterator<Row> all) {
        while (all.hasNext()) {
            rows++;
            Verdict verdict = mapping.verdict(all.next());
            if (verdict instanceof Reject reject) {
                note(reject);
            } else if (verdict instanceof Upsert upsert) {
                keys.orElseThrow().note(upsert.key());
            }
        }
        if (budget.isExceeded(rejects, rows)) {
            throw new DropRefused(
                    Code.TOO_MANY_REJECTS,
                    rejects + " of " + rows + " rows would be rejected; drop.on-reject allows " + budget.words()
                            + ". Nothing was sent. " + String.join("; ", first)
                            + (rejects > first.size() ? "; and so on" : "")
                            + ". See them all with 'plan FILE --output FOLDER', mend them and drop the file again, or allow more.");
        }
        return rows;
    }

    private void note(Reject reject) {
        rejects++;
        if (first.size() < TOLD) {
            Problem problem = reject.problem();
            first.add("row " + reject.row().number() + " (line " + reject.row().line() + ") "
                    + problem.code().word() + (problem.column().isEmpty() ? "" : " in " + problem.column()));
        }
    }
}
