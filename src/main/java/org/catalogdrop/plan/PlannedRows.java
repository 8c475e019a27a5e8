package org.catalogdrop.plan;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;
import org.catalogdrop.chunk.Weight;
import org.catalogdrop.decision.DecisionsByKey;
import org.catalogdrop.decision.DropKeys;
import org.catalogdrop.decision.DuplicateKeys;
import org.catalogdrop.decision.MarkerCheck;
import org.catalogdrop.decision.UnsentKeys;
import org.catalogdrop.journal.KeyStore;
import org.catalogdrop.journal.store.KnownKey;
import org.catalogdrop.mapping.rule.KeyLocation;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.RowDecision;
import org.catalogdrop.model.Skip;
import org.catalogdrop.model.Upsert;
import org.catalogdrop.model.Verdict;

/**
 * The rows of a drop that is being planned, with the operations that would be sent; then the deletes of missing elements. Used by one
 * thread.
 */
final class PlannedRows implements Iterator<RowDecision> {

    private final PlanSession planning;
    private final Iterator<Row> rows;
    private final DuplicateKeys twice;
    private final Optional<PlannedMissing> missing;
    private final boolean skipsKnown;
    private final MarkerCheck marker;
    private final Deque<Judged> ready = new ArrayDeque<>();
    private Optional<Iterator<Operation.Delete>> deletes = Optional.empty();

    /**
     * A row with the state of its key.
     *
     * @param earlier the row that has the same key
     * @param left whether the row is still to be sent, if it can be
     */
    private record Judged(Row row, Verdict verdict, Optional<KnownKey> key, Optional<Long> earlier, boolean left) {

        /**
         * Returns whether a load reads the list to find out which elements have the key.
         *
         * @param skipsKnown whether rows whose key an element has are not sent
         */
        boolean isUnsure(boolean skipsKnown) {
            return left
                    && verdict instanceof Upsert upsert
                    && earlier.isEmpty()
                    && key.filter(known ->
                                    !known.isAmbiguous() && (skipsKnown || known.matches(upsert.fingerprinted())))
                            .isEmpty();
        }
    }

    /**
     * @param twice has recorded the keys of all rows, if they are upserts
     * @param marker the field that added rows must not set
     */
    PlannedRows(
            PlanSession planning,
            Iterator<Row> rows,
            DuplicateKeys twice,
            Optional<KeyLocation> place,
            MarkerCheck marker) {
        this.marker = marker;
        this.planning = planning;
        this.rows = rows;
        this.twice = twice;
        this.skipsKnown =
                place.filter(one -> one.known() == KeyLocation.Known.SKIP).isPresent();
        this.missing = place.map(one -> new PlannedMissing(one, planning.keys()));
        missing.ifPresent(planning::setKeys);
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || rows.hasNext() || deletes().hasNext();
    }

    private Iterator<Operation.Delete> deletes() {
        if (deletes.isEmpty()) {
            deletes = Optional.of(missing.map(PlannedMissing::deletes).orElse(Collections.emptyIterator()));
        }
        return deletes.get();
    }

    @Override
    public RowDecision next() {
        if (ready.isEmpty() && rows.hasNext()) {
            judge();
        }
        return ready.isEmpty() ? deletes().next() : pending(ready.remove());
    }

    /** Decides rows with keys in batches, as a load does: the list is read before any row of the batch is sent. */
    private void judge() {
        int most = missing.isPresent() ? KeyStore.BATCH : 1;
        long characters = 0;
        while (ready.size() < most && characters < DecisionsByKey.BATCH_CHARACTERS && rows.hasNext()) {
            Row row = rows.next();
            characters += Weight.of(row);
            Judged judged = judged(row, planning.mapping().verdict(row));
            if (judged.isUnsure(skipsKnown)) {
                planning.readsList();
            }
            ready.add(judged);
        }
    }

    private Judged judged(Row row, Verdict verdict) {
        return verdict instanceof Upsert upsert
                ? new Judged(
                        row,
                        verdict,
                        planning.keys().flatMap(keys -> keys.known(upsert.key())),
                        twice.earlierRow(upsert.key(), row.number()),
                        planning.isLeft(row.number()))
                : new Judged(
                        row,
                        verdict,
                        Optional.empty(),
                        Optional.empty(),
                        !(verdict instanceof Operation) || planning.isLeft(row.number()));
    }

    private RowDecision pending(Judged judged) {
        Row row = judged.row();
        Verdict verdict = judged.verdict();
        planning.row();
        missing.ifPresent(one -> one.row(row));
        marker.check(verdict, row.number());
        if (verdict instanceof Reject reject) {
            missing.ifPresent(one -> one.rejected(reject));
            planning.reject(Outcome.of(reject));
            return row;
        }
        if (verdict instanceof Skip skip) {
            missing.ifPresent(one -> one.skipped(skip));
            planning.skip();
            return row;
        }
        if (verdict instanceof Upsert upsert) {
            return pending(upsert, judged);
        }
        return judged.left() ? (Operation) verdict : row;
    }

    /** Decides by the keys known so far. The list is not read. */
    private RowDecision pending(Upsert upsert, Judged judged) {
        Optional<KnownKey> key = judged.key();
        key.ifPresent(known -> missing.ifPresent(one -> one.markPresent(known)));
        if (!judged.left()) {
            return upsert.row();
        }
        if (judged.earlier().isPresent()) {
            return refused(
                    upsert,
                    Code.DOUBLE_KEY,
                    DecisionsByKey.twice(upsert.key(), judged.earlier().get()));
        }
        if (key.filter(KnownKey::isAmbiguous).isPresent()) {
            return refused(
                    upsert,
                    Code.AMBIGUOUS_KEY,
                    DropKeys.ambiguous(
                            upsert.key(), planning.keys().orElseThrow().elements(key.get())));
        }
        Optional<Problem> unsent = unsent(upsert, key);
        if (unsent.isPresent()) {
            return unsent(upsert, unsent.get());
        }
        if (key.isEmpty()) {
            return upsert.asAdd();
        }
        if (key.get().matches(upsert.fingerprinted())) {
            planning.unchanged();
            return upsert.row();
        }
        return upsert.asUpdate(key.get().element());
    }

    private Optional<Problem> unsent(Upsert upsert, Optional<KnownKey> key) {
        return planning.meaning()
                .keyPlace()
                .flatMap(place ->
                        key.isEmpty() ? UnsentKeys.unknown(place, upsert.key()) : UnsentKeys.known(place, key.get()));
    }

    private RowDecision unsent(Upsert upsert, Problem problem) {
        if (UnsentKeys.isSkip(problem)) {
            planning.skip();
        } else {
            planning.reject(Outcome.refused(upsert, problem));
        }
        return upsert.row();
    }

    private RowDecision refused(Upsert upsert, Code code, String message) {
        String column = planning.meaning().keyPlace().map(KeyLocation::column).orElse("");
        planning.reject(Outcome.refused(upsert, new Problem(code, column, message)));
        return upsert.row();
    }
}
