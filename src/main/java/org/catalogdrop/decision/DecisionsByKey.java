package org.catalogdrop.decision;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.catalogdrop.chunk.Weight;
import org.catalogdrop.journal.DropProgress;
import org.catalogdrop.journal.KeyStore;
import org.catalogdrop.journal.codec.RowState;
import org.catalogdrop.journal.codec.RowState.Doubtful;
import org.catalogdrop.journal.codec.RowState.Settled;
import org.catalogdrop.journal.store.KnownKey;
import org.catalogdrop.mapping.Mapping;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Key;
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
 * Decides rows by their keys, a batch at a time. What the journal knows of the row in this drop wins: a row that was added before a crash
 * has a known key since, but it is neither unchanged nor an update. Used by one thread.
 */
public final class DecisionsByKey implements Iterator<RowDecision> {

    public static final long BATCH_CHARACTERS = 1 << 20;

    private final Iterator<Row> rows;
    private final Mapping mapping;
    private final DropProgress progress;
    private final DropKeys keys;
    private final Deque<RowDecision> ready = new ArrayDeque<>();

    /** A row with its state in the journal. */
    private record Asked(Verdict verdict, RowState state, Optional<Action> action, Optional<Long> earlier) {

        /** Returns the key, if it decides about the row. */
        Optional<String> key() {
            boolean open = !(state instanceof Settled) && !isDoubtful(Action.ADD) && earlier.isEmpty();
            return open && verdict instanceof Upsert upsert ? Optional.of(upsert.key()) : Optional.empty();
        }

        /** Returns the fingerprint of what an upsert would send. */
        Key fingerprint() {
            return ((Upsert) verdict).fingerprinted();
        }

        boolean isDoubtful(Action asked) {
            return state instanceof Doubtful && action.filter(asked::equals).isPresent();
        }
    }

    public DecisionsByKey(Iterator<Row> rows, Mapping mapping, DropProgress progress, DropKeys keys) {
        this.rows = rows;
        this.mapping = mapping;
        this.progress = progress;
        this.keys = keys;
    }

    @Override
    public boolean hasNext() {
        return !ready.isEmpty() || rows.hasNext();
    }

    @Override
    public RowDecision next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (ready.isEmpty()) {
            List<Asked> batch = batch();
            Map<String, Asked> byKey = new HashMap<>();
            batch.forEach(asked -> asked.key().ifPresent(key -> byKey.put(key, asked)));
            Map<String, KnownKey> known = keys.knownAfterLook(
                    List.copyOf(byKey.keySet()),
                    key -> keys.known(key).isEmpty()
                            && !key.matches(byKey.get(key.text()).fingerprint()));
            batch.forEach(asked -> ready.add(turn(asked, known)));
        }
        return ready.remove();
    }

    private List<Asked> batch() {
        List<Asked> batch = new ArrayList<>(KeyStore.BATCH);
        long characters = 0;
        while (batch.size() < KeyStore.BATCH && characters < BATCH_CHARACTERS && rows.hasNext()) {
            Row row = rows.next();
            characters += Weight.of(row);
            Verdict verdict = mapping.verdict(row);
            RowState state = progress.of(row.number());
            Optional<Long> earlier = verdict instanceof Upsert upsert
                    ? keys.twice().earlierRow(upsert.key(), row.number())
                    : Optional.empty();
            batch.add(new Asked(verdict, state, progress.action(), earlier));
        }
        return batch;
    }

    private RowDecision turn(Asked asked, Map<String, KnownKey> known) {
        if (asked.verdict() instanceof Reject reject) {
            return asked.state().reject(reject, asked.action());
        }
        if (asked.verdict() instanceof Skip skip) {
            return Outcome.of(skip);
        }
        Upsert upsert = (Upsert) asked.verdict();
        Optional<KnownKey> key = Optional.ofNullable(known.get(upsert.key()));
        if (asked.state() instanceof Settled settled && asked.action().isEmpty()) {
            // The row was never sent, and the drop was abandoned.
            return Outcome.refused(
                    upsert, asked.earlier().map(first -> twice(upsert, first)).orElseGet(() -> settled.problem()
                            .orElseThrow()));
        }
        if (asked.state() instanceof Settled settled) {
            return settled.outcome(operation(upsert, asked.action(), settled.id()));
        }
        if (asked.isDoubtful(Action.ADD)) {
            return asked.state().decide(upsert.asAdd());
        }
        // The element of an update in doubt whose key was forgotten since did not exist any more.
        if (asked.isDoubtful(Action.UPDATE) && key.isPresent()) {
            return key.get().isAmbiguous()
                    ? leftInDoubt(upsert, key.get())
                    : asked.state().decide(upsert.asUpdate(key.get().element()));
        }
        return asked.earlier()
                .<RowDecision>map(first -> Outcome.refused(upsert, twice(upsert, first)))
                .orElseGet(() -> open(asked, upsert, key));
    }

    /**
     * Leaves a row in doubt: its update may have been applied to an element, and several elements have its key by now. None of them is
     * changed.
     */
    private Outcome leftInDoubt(Upsert upsert, KnownKey key) {
        Outcome outcome = Outcome.inDoubt(
                upsert.asUpdate(key.element()),
                new Problem(
                        Code.AMBIGUOUS,
                        keys.column(),
                        "no answer came to this row's update, and "
                                + keys.ambiguous(key).message() + " Then have the row looked up again."));
        keys.endDoubt(outcome);
        return outcome;
    }

    private static Operation operation(Upsert upsert, Optional<Action> action, long id) {
        return action.orElseThrow() == Action.ADD ? upsert.asAdd() : upsert.asUpdate(id);
    }

    private RowDecision open(Asked asked, Upsert upsert, Optional<KnownKey> known) {
        if (known.isEmpty()) {
            return keys.unknown(upsert.key())
                    .<RowDecision>map(problem -> unsent(asked, upsert, problem, 0))
                    .orElseGet(upsert::asAdd);
        }
        KnownKey key = known.get();
        if (key.isAmbiguous()) {
            return Outcome.refused(upsert, keys.ambiguous(key));
        }
        Optional<Problem> skipped = keys.known(key);
        if (skipped.isPresent()) {
            return unsent(asked, upsert, skipped.get(), key.element());
        }
        Key says = upsert.fingerprinted();
        if (key.matches(says)) {
            return Outcome.unchanged(upsert, key.element());
        }
        return upsert.asUpdate(key.element(), says);
    }

    private Outcome unsent(Asked asked, Upsert upsert, Problem problem, long element) {
        if (asked.state() instanceof Doubtful) {
            Outcome outcome = UnsentKeys.ended(upsert.asUpdate(element), problem, element);
            keys.endDoubt(outcome);
            return outcome;
        }
        return UnsentKeys.ended(upsert, problem, element);
    }

    private Problem twice(Upsert upsert, long first) {
        return new Problem(Code.DOUBLE_KEY, keys.column(), twice(upsert.key(), first));
    }

    public static String twice(String key, long first) {
        return "the key '" + key + "' is already in row " + first
                + ", and a key belongs to one element. Decide which of the rows is right, and load only that one.";
    }
}
