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

    /** Returns what says so, for a message. */
    public static String budgetBy(ResolvedMapping meaning) {
        return meaning.onReject().isPresent() ? "on_reject in " + meaning.fileName() : "drop.on-reject";
    }

    /** Runs through the drop and gives the number of its rows, those included that stand for what it lacks. */
    long rows(LoadSession load, Iterator<Row> rows) {
        ResolvedMapping meaning = load.meaning();
        meaning.keyPlace().ifPresent(place -> load.setKeys(looks.of(load, place)));
        RejectBudget budget = budget(meaning);
        if (!budget.isLimited() && load.keys().isEmpty() && markerField.isEmpty()) {
            long counted = RowSurvey.of(meanings.wholeFitting(load.drop(), meaning, rows))
                    .rows();
            load.reading().orElseThrow().verify();
            return counted;
        }
        // What was decided before the first request holds to the end; a drop that was not checked to its end has sent
        // none.
        Optional<Missing> before = load.keys()
                .filter(keys -> load.rows() >= 0)
                .flatMap(keys -> keys.missingBefore(load.entry().id()));
        Optional<MissingCheck> missing =
                before.isPresent() ? Optional.empty() : load.keys().flatMap(DropKeys::missing);
        RowPreflight check = new RowPreflight(meaning, load.keys().map(DropKeys::twice), missing, markerField);
        long counted = check.rows(meanings.wholeFitting(load.drop(), meaning, rows));
        load.reading().orElseThrow().verify();
        if (check.isUnsure(budget)) {
            countTwice(load, check);
        }
        check.hold(budget, budgetBy(meaning));
        Missing found = before.orElseGet(
                () -> missing.map(one -> one.decide(load.entry().id())).orElse(Missing.NONE));
        load.setMissing(found, counted);
        if (!found.kept().isEmpty()) {
            LOG.warn("{}: no missing elements are deleted: {}", load.words(), found.kept());
        }
        return counted + found.elements();
    }

    private void countTwice(LoadSession load, RowPreflight check) {
        try (DropReader again = DropReader.open(load.drop(), drops.limits())) {
            check.countTwice(new CancellableIterator<>(load, again.rows()));
        } catch (java.io.IOException fault) {
            throw new java.io.UncheckedIOException(fault);
        }
    }
}
