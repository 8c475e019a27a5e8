package org.catalogdrop.kommo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Problem;

/**
 * Matches the items and errors of an answer with the operations sent: by request_id (add) or by id (update, delete), never by position,
 * unless only one assignment is possible. If an answer says two different things about an operation, it counts as silent about it. Used
 * by one thread.
 */
final class AnswerItemMatcher {

    private static final int NONE = -1;

    private final Chunk chunk;
    private final boolean repeated;
    private final Map<Long, Integer> places = new HashMap<>();
    private int next;

    // By the place of an operation in the chunk.
    private final long[] keys;
    private final long[] applied;
    private final Problem[] refused;
    private final Problem[] held;
    private final boolean[] contradicted;

    AnswerItemMatcher(Chunk chunk, boolean repeated) {
        this.chunk = chunk;
        this.repeated = repeated;
        int size = chunk.size();
        keys = new long[size];
        applied = new long[size];
        refused = new Problem[size];
        held = new Problem[size];
        contradicted = new boolean[size];
        for (int place = 0; place < size; place++) {
            Operation operation = chunk.operations().get(place);
            keys[place] = operation.element().orElse(operation.requestId());
        }
    }

    /** Returns the place of the operation with this request_id or element. Most answers keep the order of the request. */
    private int place(long key) {
        if (next < keys.length && keys[next] == key) {
            return next++;
        }
        if (places.isEmpty()) {
            for (int place = 0; place < keys.length; place++) {
                places.put(keys[place], place);
            }
        }
        int place = places.getOrDefault(key, NONE);
        next = place + 1;
        return place;
    }

    void items(List<AppliedItem> items) {
        boolean add = chunk.action() == Action.ADD;
        Map<Long, Integer> owners = new HashMap<>();
        for (AppliedItem item : items) {
            int place = place(add ? item.requestId() : item.id());
            if (place == NONE || item.id() <= 0) {
                continue;
            }
            Integer owner = owners.putIfAbsent(item.id(), place);
            if (owner != null && owner != place) {
                contradicted[owner] = true;
                contradicted[place] = true;
            }
            if (applied[place] == 0) {
                applied[place] = item.id();
            } else if (applied[place] != item.id()) {
                contradicted[place] = true;
            }
        }
    }

    void errors(List<ItemError> errors) {
        List<ItemError> ours = errors.stream()
                .filter(e -> e.section().isEmpty()
                        || e.section().equals(ItemError.VALIDATION)
                        || e.section().equals(chunk.action().word()))
                .toList();
        List<ItemError> unnamed = new ArrayList<>();
        for (ItemError error : ours) {
            int place = place(chunk.action() == Action.ADD ? error.requestId() : error.id());
            if (place == NONE) {
                unnamed.add(error);
            } else {
                refuse(place, error);
            }
        }
        // The key of an error may be a key or an index. Only the reading that fits what no item accounts for is used.
        if (!unnamed.isEmpty() && !fits(unnamed, error -> place(error.key())) && !fits(unnamed, this::index)) {
            elimination(unnamed);
        }
    }

    private int index(ItemError error) {
        return error.key() >= 0 && error.key() < keys.length ? (int) error.key() : NONE;
    }

    private boolean fits(List<ItemError> errors, ToIntFunction<ItemError> places) {
        ItemError[] found = new ItemError[keys.length];
        for (ItemError error : errors) {
            int place = places.applyAsInt(error);
            if (place == NONE || applied[place] != 0 || found[place] != null) {
                return false;
            }
            found[place] = error;
        }
        if (chunk.action() == Action.ADD && errors.size() != missing().size()) {
            return false;
        }
        for (int place = 0; place < found.length; place++) {
            if (found[place] != null) {
                refuse(place, found[place]);
            }
        }
        return true;
    }

    /** Assigns errors that name nothing: if they are equal and as many as the remaining rows, each of those rows has one. */
    private void elimination(List<ItemError> errors) {
        boolean nameless = errors.stream().allMatch(error -> error.key() < 0);
        boolean alike = errors.stream().map(ItemError::text).distinct().count() == 1;
        if (nameless && alike && missing().size() == errors.size()) {
            places(this::isMissing).forEach(place -> refuse(place, errors.get(0)));
        }
    }

    private void refuse(int place, ItemError error) {
        ResponseRule meaning = ResponseRule.of(error);
        if (applied[place] != 0) {
            contradicted[place] = true;
            return;
        }
        switch (meaning.who()) {
            case ROW -> refused[place] = meaning.problem(error);
            case READ, LOOK -> contradicted[place] = true;
            // The row is not at fault. It was not applied and is sent again when the cause is gone.
            case CHUNK, WAIT, TOKEN, ACCOUNT, US -> held[place] = meaning.problem(error);
        }
    }

    private boolean isTold(int place) {
        // A repeated update may count as "older" because the first one was applied. Only the element itself shows that.
        boolean stale = repeated && refused[place] != null && refused[place].code() == Code.STALE;
        return !stale && !contradicted[place] && (applied[place] != 0 || refused[place] != null);
    }

    private boolean isHeld(int place) {
        return held[place] != null && !isTold(place);
    }

    private boolean isMissing(int place) {
        return held[place] == null && !isTold(place);
    }

    /** Returns the places of the operations of a kind, in order. It is a list, because what is done with one may change its kind. */
    private List<Integer> places(IntPredicate kind) {
        return IntStream.range(0, keys.length).filter(kind).boxed().toList();
    }

    private List<Operation> operations(IntPredicate kind) {
        return places(kind).stream().map(chunk.operations()::get).toList();
    }

    /** Returns operations that were refused for a reason that is not their own. */
    List<Operation> held() {
        return operations(this::isHeld);
    }

    /** Returns the first such reason. */
    Optional<Problem> heldFor() {
        return places(this::isHeld).stream().map(place -> held[place]).findFirst();
    }

    List<Outcome> settled() {
        List<Outcome> settled = new ArrayList<>(keys.length);
        for (int place = 0; place < keys.length; place++) {
            if (isTold(place)) {
                settled.add(settled(place, chunk.operations().get(place)));
            }
        }
        return settled;
    }

    private Outcome settled(int place, Operation operation) {
        Problem problem = refused[place];
        if (problem == null) {
            return Outcome.done(operation, applied[place]);
        }
        return isGone(operation, problem) ? Outcome.done(operation, keys[place]) : Outcome.refused(operation, problem);
    }

    /** Returns operations about which the answer says nothing certain. */
    List<Operation> missing() {
        return operations(this::isMissing);
    }

    /** Returns the problem of updates that may be older than their own first sending, if nothing else is uncertain. */
    Optional<Problem> stale() {
        List<Integer> missing = places(this::isMissing);
        return missing.stream().allMatch(place -> refused[place] != null)
                ? missing.stream().map(place -> refused[place]).findFirst()
                : Optional.empty();
    }

    private boolean isGone(Operation operation, Problem problem) {
        return operation instanceof Operation.Delete delete
                && (repeated || delete.isMissing())
                && problem.code() == Code.NOT_FOUND;
    }
}
