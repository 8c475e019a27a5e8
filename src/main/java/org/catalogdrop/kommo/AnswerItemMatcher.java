package org.catalogdrop.kommo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;
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

    private final Chunk chunk;
    private final boolean repeated;
    private final Map<Long, Operation> byKey = new HashMap<>();
    // By identity, because an operation's own hash code would run over all of its text.
    private final IdentityHashMap<Operation, Long> applied = new IdentityHashMap<>();
    private final IdentityHashMap<Operation, Problem> refused = new IdentityHashMap<>();
    private final IdentityHashMap<Operation, Problem> held = new IdentityHashMap<>();
    private final Set<Operation> contradicted = Collections.newSetFromMap(new IdentityHashMap<>());

    AnswerItemMatcher(Chunk chunk, boolean repeated) {
        this.chunk = chunk;
        this.repeated = repeated;
        for (Operation operation : chunk.operations()) {
            byKey.put(key(operation), operation);
        }
    }

    private long key(Operation operation) {
        return operation.element().orElse(operation.requestId());
    }

    void items(List<AppliedItem> items) {
        boolean add = chunk.action() == Action.ADD;
        Map<Long, Operation> owners = new HashMap<>();
        for (AppliedItem item : items) {
            Operation operation = byKey.get(add ? item.requestId() : item.id());
            if (operation == null || item.id() <= 0) {
                continue;
            }
            Operation owner = owners.putIfAbsent(item.id(), operation);
            Long before = applied.putIfAbsent(operation, item.id());
            if (owner != null && owner != operation) {
                contradicted.add(owner);
                contradicted.add(operation);
            }
            if (before != null && before != item.id()) {
                contradicted.add(operation);
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
            Operation operation = byKey.get(chunk.action() == Action.ADD ? error.requestId() : error.id());
            if (operation == null) {
                unnamed.add(error);
            } else {
                refuse(operation, error);
            }
        }
        // The key of an error may be a key or an index. Only the reading that fits what no item accounts for is used.
        if (!unnamed.isEmpty() && !fits(unnamed, e -> e.key()) && !fitsAsIndex(unnamed)) {
            elimination(unnamed);
        }
    }

    private boolean fits(List<ItemError> errors, ToLongFunction<ItemError> key) {
        IdentityHashMap<Operation, ItemError> found = new IdentityHashMap<>();
        for (ItemError error : errors) {
            Operation operation = byKey.get(key.applyAsLong(error));
            if (operation == null || applied.containsKey(operation) || found.put(operation, error) != null) {
                return false;
            }
        }
        if (chunk.action() == Action.ADD && found.size() != missing().size()) {
            return false;
        }
        found.forEach(this::refuse);
        return true;
    }

    private boolean fitsAsIndex(List<ItemError> errors) {
        return fits(errors, error -> {
            boolean within = error.key() >= 0 && error.key() < chunk.size();
            return within ? key(chunk.operations().get((int) error.key())) : -1;
        });
    }

    /** Assigns errors that name nothing: if they are equal and as many as the remaining rows, each of those rows has one. */
    private void elimination(List<ItemError> errors) {
        List<Operation> left = missing();
        boolean nameless = errors.stream().allMatch(error -> error.key() < 0);
        boolean alike = errors.stream().map(ItemError::text).distinct().count() == 1;
        if (nameless && alike && left.size() == errors.size()) {
            left.forEach(operation -> refuse(operation, errors.get(0)));
        }
    }

    private void refuse(Operation operation, ItemError error) {
        ResponseRule meaning = ResponseRule.of(error);
        if (applied.containsKey(operation)) {
            contradicted.add(operation);
            return;
        }
        switch (meaning.who()) {
            case ROW -> refused.put(operation, meaning.problem(error));
            case READ, LOOK -> contradicted.add(operation);
            // The row is not at fault. It was not applied and is sent again when the cause is gone.
            case CHUNK, WAIT, TOKEN, ACCOUNT, US -> held.put(operation, meaning.problem(error));
        }
    }

    /** Returns operations that were refused for a reason that is not their own. */
    List<Operation> held() {
        return chunk.operations().stream()
                .filter(operation -> held.containsKey(operation) && !isTold(operation))
                .toList();
    }

    /** Returns the first such reason. */
    Optional<Problem> heldFor() {
        return held().stream().map(held::get).findFirst();
    }

    List<Outcome> settled() {
        List<Outcome> settled = new ArrayList<>();
        for (Operation operation : chunk.operations()) {
            if (!isTold(operation)) {
                continue;
            }
            Problem problem = refused.get(operation);
            if (problem == null) {
                settled.add(Outcome.done(operation, applied.get(operation)));
            } else if (isGone(operation, problem)) {
                settled.add(Outcome.done(operation, key(operation)));
            } else {
                settled.add(Outcome.refused(operation, problem));
            }
        }
        return settled;
    }

    /** Returns operations about which the answer says nothing certain. */
    List<Operation> missing() {
        return chunk.operations().stream()
                .filter(operation -> !isTold(operation) && !held.containsKey(operation))
                .toList();
    }

    /** Returns the problem of updates that may be older than their own first sending, if nothing else is uncertain. */
    Optional<Problem> stale() {
        List<Operation> missing = missing();
        return missing.stream().map(refused::get).filter(Objects::nonNull).count() == missing.size()
                ? missing.stream().map(refused::get).findFirst()
                : Optional.empty();
    }

    private boolean isTold(Operation operation) {
        Problem problem = refused.get(operation);
        // A repeated update may count as "older" because the first one was applied. Only the element itself shows that.
        boolean stale = repeated && problem != null && problem.code() == Code.STALE;
        return !stale && !contradicted.contains(operation) && (applied.containsKey(operation) || problem != null);
    }

    private boolean isGone(Operation operation, Problem problem) {
        return operation instanceof Operation.Delete delete
                && (repeated || delete.isMissing())
                && problem.code() == Code.NOT_FOUND;
    }
}
