package org.catalogdrop.decision;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.catalogdrop.config.Settings;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.mapping.rule.RejectBudget;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Plural;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Skip;
import org.catalogdrop.model.Upsert;
import org.catalogdrop.model.Verdict;
import org.catalogdrop.resolve.ResolvedMapping;

/**
 * Parses, maps and judges every row of a drop before the first is sent. It compares the rejects with the limit, records the keys of
 * upserts, and finds the elements that are missing from a complete list. If none of that is asked for, the rows are only read and counted.
 * Used by one thread.
 */
public final class Preflight {

    /** The number of rejects in a message: enough to see what is wrong. The plan has all of them. */
    private static final int TOLD = 5;

    private final ResolvedMapping meaning;
    private final RejectBudget budget;
    private final Optional<DuplicateKeys> keys;
    private final Optional<MissingCheck> missing;
    private final MarkerCheck marker;
    private final Runnable mayGoOn;
    private final boolean judges;
    private final List<String> first = new ArrayList<>();
    private long rows;
    private long rejects;
    private long maybeTwice;

    /**
     * @param budget how many rows may be rejected
     * @param keys gets the keys, if the rows are upserts
     * @param missing gets them too, if missing elements are to be found
     * @param marker the field that adds must leave to the program; empty if there is none
     * @param mayGoOn is called before each row, and throws if the load has failed: a stop does not wait for the end of the file
     */
    public Preflight(
            ResolvedMapping meaning,
            RejectBudget budget,
            Optional<DuplicateKeys> keys,
            Optional<MissingCheck> missing,
            OptionalLong marker,
            Runnable mayGoOn) {
        this.meaning = meaning;
        this.budget = budget;
        this.keys = keys;
        this.missing = missing;
        this.marker = new MarkerCheck(marker);
        this.mayGoOn = mayGoOn;
        this.judges = budget.isLimited() || keys.isPresent() || marker.isPresent();
    }

    /** Returns a pass that notes keys and checks nothing else but the marker. */
    public static Preflight ofKeys(ResolvedMapping meaning, DuplicateKeys keys, OptionalLong marker) {
        return new Preflight(meaning, RejectBudget.CONTINUE, Optional.of(keys), Optional.empty(), marker, () -> {});
    }

    /** Returns how many rows may be rejected. */
    public static RejectBudget budget(ResolvedMapping meaning, Settings.Drops drops) {
        return meaning.onReject().orElse(drops.onReject());
    }

    /** Returns what says so, for a message. */
    public static String budgetBy(ResolvedMapping meaning) {
        return meaning.onReject().isPresent() ? "on_reject in " + meaning.fileName() : "drop.on-reject";
    }

    /** Reads all rows and returns their number. */
    public long rows(Iterator<Row> all) {
        Mapping mapping = meaning.mapping();
        while (all.hasNext()) {
            mayGoOn.run();
            Row row = all.next();
            rows++;
            if (judges) {
                judge(row, mapping.verdict(row));
            }
        }
        return rows;
    }

    private void judge(Row row, Verdict verdict) {
        if (rows == 1) {
            missing.ifPresent(check -> check.first(row));
        }
        marker.check(verdict, rows);
        if (verdict instanceof Reject reject) {
            note(row, reject.problem().code(), reject.problem().column());
            missing.ifPresent(check -> reject.key().ifPresentOrElse(check::markPresent, check::keyless));
        } else if (verdict instanceof Skip skip) {
            missing.ifPresent(check -> skip.key().ifPresent(check::markPresent));
        } else if (verdict instanceof Upsert upsert) {
            maybeTwice += keys.orElseThrow().note(upsert.key()) ? 1 : 0;
            missing.ifPresent(check -> check.markPresent(upsert.key()));
        }
    }

    /** Returns whether possible duplicate keys decide if there are too many rejects. Then they must be counted. */
    public boolean isUnsure() {
        return maybeTwice > 0 && budget.isExceeded(rejects + maybeTwice, rows);
    }

    /** Counts the duplicate keys, in another pass over the rows. */
    public void countTwice(Iterator<Row> all) {
        Mapping mapping = meaning.mapping();
        DuplicateKeys twice = keys.orElseThrow();
        while (all.hasNext()) {
            mayGoOn.run();
            if (mapping.verdict(all.next()) instanceof Upsert upsert
                    && twice.earlierRow(upsert.key(), upsert.row().number()).isPresent()) {
                String column = meaning.keyPlace().map(place -> place.column()).orElse("");
                note(upsert.row(), Code.DOUBLE_KEY, column);
            }
        }
        twice.again();
    }

    /**
     * Compares the rejects with the limit.
     *
     * @throws DropRefused {@link Code#TOO_MANY_REJECTS} if more rows would be rejected than allowed
     */
    public void hold() {
        if (budget.isExceeded(rejects, rows)) {
            throw new DropRefused(
                    Code.TOO_MANY_REJECTS,
                    rejects + " of " + Plural.of(rows, "row") + " would be rejected; " + budgetBy(meaning) + " allows "
                            + budget.text()
                            + ". Nothing was sent. " + String.join("; ", first)
                            + (rejects > first.size() ? "; and more" : "")
                            + ". Fix them and drop the file again, or allow more rejects.");
        }
    }

    private void note(Row row, Code code, String column) {
        rejects++;
        if (first.size() < TOLD) {
            first.add("row " + row.number() + " (line " + row.line() + ") " + code.word()
                    + (column.isEmpty() ? "" : " in " + column));
        }
    }
}
