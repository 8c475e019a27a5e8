package org.catalogdrop.app;

import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import org.catalogdrop.chunk.Pending;
import org.catalogdrop.journal.KnownKey;
import org.catalogdrop.mapping.KeyPlace;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Reject;
import org.catalogdrop.model.Row;
import org.catalogdrop.model.Skip;
import org.catalogdrop.model.Upsert;
import org.catalogdrop.model.Verdict;

/** The rows of a drop being planned, with what would be sent for them; then what would be deleted since the drop lacks it. */
final class PlannedRows implements Iterator<Pending> {

    private final Planning planning;
    private final Iterator<Row> rows;
    private final KeysTwice twice;
    private final Optional<PlannedMissing> missing;
    private final MarkerCheck marker;
    private Optional<Iterator<Operation.Delete>> deletes = Optional.empty();

    /**
     * @param twice has noted the keys of all rows, if they are upserts
     * @param marker what rows that are added must leave alone
     */
    PlannedRows(Planning planning, Iterator<Row> rows, KeysTwice twice, Optional<KeyPlace> place, MarkerCheck marker) {
        this.marker = marker;
        this.planning = planning;
        this.rows = rows;
        this.twice = twice;
        this.missing = place.map(one -> new PlannedMissing(one, planning.keys()));
        missing.ifPresent(planning::has);
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext() || deletes().hasNext();
    }

    private Iterator<Operation.Delete> deletes() {
        if (deletes.isEmpty()) {
            deletes = Optional.of(missing.map(PlannedMissing::deletes).orElse(Collections.emptyIterator()));
        }
        return deletes.get();
    }

    @Override
    public Pending next() {
        return rows.hasNext() ? pending(rows.next()) : new Pending(deletes().next(), Optional.empty());
    }

    private Pending pending(Row row) {
        planning.row();
        missing.ifPresent(one -> one.row(row));
        Verdict verdict = planning.mapping().verdict(row);
        marker.check(verdict, row.number());
        if (verdict instanceof Reject reject) {
            missing.ifPresent(one -> one.rejected(reject));
            planning.reject(Outcome.of(reject));
            return Pending.passed(row);
        }
        if (verdict instanceof Skip skip) {
            missing.ifPresent(one -> one.skipped(skip));
            planning.skip();
            return Pending.passed(row);
        }
        return verdict instanceof Upsert upsert ? pending(upsert) : new Pending((Operation) verdict, Optional.empty());
    }

    /** By the keys that are known so far; the list is not looked at. */
    private Pending pending(Upsert upsert) {
        Optional<KnownKey> key = planning.keys().flatMap(keys -> keys.known(upsert.key()));
        key.ifPresent(known -> missing.ifPresent(one -> one.has(known)));
        Optional<Long> earlier = twice.earlierRow(upsert.key(), upsert.row().number());
        if (earlier.isPresent()) {
            return refused(upsert, Code.DOUBLE_KEY, KeyedTurns.twice(upsert.key(), earlier.get()));
        }
        if (key.filter(KnownKey::isAmbiguous).isPresent()) {
            return refused(upsert, Code.AMBIGUOUS_KEY, KeyedTurns.ambiguous(key.get()));
        }
        Optional<Problem> unsent = unsent(upsert, key);
        if (unsent.isPresent()) {
            return unsent(upsert, unsent.get());
        }
        if (key.isEmpty()) {
            return new Pending(upsert.asAdd(), Optional.empty());
        }
        if (key.get().says(upsert.fingerprinted())) {
            planning.unchanged();
            return Pending.passed(upsert.row());
        }
        return new Pending(upsert.asUpdate(key.get().element()), Optional.empty());
    }

    private Optional<Problem> unsent(Upsert upsert, Optional<KnownKey> key) {
        return planning.meaning()
                .keyPlace()
                .flatMap(place ->
                        key.isEmpty() ? UnsentKeys.unknown(place, upsert.key()) : UnsentKeys.known(place, key.get()));
    }

    private Pending unsent(Upsert upsert, Problem problem) {
        if (UnsentKeys.isSkip(problem)) {
            planning.skip();
        } else {
            planning.reject(upsert.refused(problem));
        }
        return Pending.passed(upsert.row());
    }

    private Pending refused(Upsert upsert, Code code, String message) {
        String column = planning.meaning().keyPlace().map(KeyPlace::column).orElse("");
        planning.reject(upsert.refused(new Problem(code, column, message)));
        return Pending.passed(upsert.row());
    }
}
