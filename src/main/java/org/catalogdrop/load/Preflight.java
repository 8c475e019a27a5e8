package org.catalogdrop.load;

import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;
import org.catalogdrop.config.Settings;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.decision.MissingCheck;
import org.catalogdrop.decision.RowPreflight;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.RowSurvey;
import org.catalogdrop.mapping.rule.RejectBudget;
import org.catalogdrop.model.Missing;
import org.catalogdrop.model.Row;
import org.catalogdrop.resolve.MappingResolver;
import org.catalogdrop.resolve.ResolvedMapping;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pass over a whole drop before its first row is sent. */
public final class Preflight {

    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    private final Settings.Drops drops;
    private final OptionalLong markerField;
    private final MappingResolver meanings;
    private final KeyScanSteps looks;

    Preflight(Settings.Drops drops, OptionalLong markerField, MappingResolver meanings, KeyScanSteps looks) {
        this.drops = drops;
        this.markerField = markerField;
        this.meanings = meanings;
        this.looks = looks;
    }

    /** Returns how many rows may be rejected. */
    RejectBudget budget(ResolvedMapping meaning) {
        return budget(meaning, drops);
    }

    public static RejectBudget budget(ResolvedMapping meaning, Settings.Drops drops) {
        return meaning.onReject().orElse(drops.onReject());
    }

    /** Returns the name of what sets that limit, for a message. */
    public static String budgetBy(ResolvedMapping meaning) {
        return meaning.onReject().isPresent() ? "on_reject in " + meaning.fileName() : "drop.on-reject";
    }

    /** Checks the whole drop. */
    CheckedDrop check(OpenedDrop load, Iterator<Row> rows) {
        ResolvedMapping meaning = load.meaning();
        Optional<DropKeys> keys = meaning.keyPlace().map(place -> looks.of(load, place));
        RejectBudget budget = budget(meaning);
        if (!budget.isLimited() && keys.isEmpty() && markerField.isEmpty()) {
            long counted = RowSurvey.of(meanings.wholeFitting(load.drop(), meaning, rows))
                    .rows();
            load.reader().verify();
            return new CheckedDrop(load, counted);
        }
        // What was decided before the first request stays valid to the end. A drop that was not checked to its end has
        // sent none.
        Optional<Missing> before = keys.filter(known -> load.rows() >= 0)
                .flatMap(known -> known.missingBefore(load.entry().id()));
        Optional<MissingCheck> missing = before.isPresent() ? Optional.empty() : keys.flatMap(DropKeys::missing);
        RowPreflight check = new RowPreflight(meaning, keys.map(DropKeys::twice), missing, markerField);
        long counted = check.rows(meanings.wholeFitting(load.drop(), meaning, rows));
        load.reader().verify();
        if (check.isUnsure(budget)) {
            countTwice(load, check);
        }
        check.hold(budget, budgetBy(meaning));
        Missing found = before.orElseGet(
                () -> missing.map(one -> one.decide(load.entry().id())).orElse(Missing.NONE));
        if (!found.kept().isEmpty()) {
            LOG.warn("{}: no missing elements are deleted: {}", load.words(), found.kept());
        }
        return new CheckedDrop(load, keys, found, counted);
    }

    private void countTwice(OpenedDrop load, RowPreflight check) {
        try (DropReader again = DropReader.open(load.drop(), drops.limits())) {
            check.countTwice(new CancellableIterator<>(load, again.rows()));
        } catch (java.io.IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }
}
