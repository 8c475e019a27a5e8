package org.catalogdrop.reconcile;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;

/**
 * The elements that this process has recently made and deleted, so that a look-up knows what must be in a list above the elements it has
 * seen. It keeps as many as fit into the longest wait. Safe for many threads.
 */
public final class RecentWrites {

    /** Two minutes at 7 requests a second and 250 rows a request. The longest wait is shorter. */
    private static final int MOST = 210_000;

    private record Batch(long number, long catalogId, long[] ids) {}

    private final Deque<Batch> added = new ArrayDeque<>();
    private final Deque<long[]> deleted = new ArrayDeque<>();
    private int addedIds;
    private int deletedIds;
    private long next;
    private long forgotten;

    /** Records settled operations: the elements that adds have made. */
    public synchronized void settled(Collection<Outcome> outcomes) {
        Map<Long, LongStream.Builder> byList = new HashMap<>();
        LongStream.Builder ids = LongStream.builder();
        long list = 0;
        for (Outcome outcome : outcomes) {
            if (outcome.status() == Status.CREATED
                    && outcome.asked().orElse(null) instanceof Operation.Add add
                    && add.catalogId() > 0) {
                if (add.catalogId() != list) {
                    list = add.catalogId();
                    ids = byList.computeIfAbsent(list, of -> LongStream.builder());
                }
                ids.add(outcome.id());
            }
        }
        byList.forEach((of, made) -> add(of, made.build().toArray()));
    }

    private void add(long catalogId, long[] ids) {
        added.addLast(new Batch(next++, catalogId, ids));
        addedIds += ids.length;
        while (addedIds > MOST) {
            Batch old = added.removeFirst();
            addedIds -= old.ids().length;
            forgotten = old.number() + 1;
        }
    }

    /** Records operations about to be sent. Their deletes may be applied from now on, whatever the answer is. */
    public synchronized void intended(Chunk chunk) {
        if (chunk.action() == Action.DELETE) {
            long[] ids = chunk.operations().stream()
                    .mapToLong(operation -> operation.element().orElseThrow())
                    .toArray();
            deleted.addLast(ids);
            deletedIds += ids.length;
            while (deletedIds > MOST) {
                deletedIds -= deleted.removeFirst().length;
            }
        }
    }

    /** Returns a position in the record, for {@link #since}. */
    synchronized long mark() {
        return next;
    }

    /** Returns the elements of a list that adds have made since a position; empty if that is no longer known. */
    synchronized Optional<LongStream> since(long mark, long catalogId) {
        return mark < forgotten ? Optional.empty() : Optional.of(ids(catalogId, batch -> batch.number() >= mark));
    }

    /** Returns the elements of a list that adds have made, from the last page of those up to an id; empty if there is no such page. */
    synchronized Optional<LongStream> around(long highest, long catalogId) {
        long[] before = ids(catalogId, batch -> true)
                .filter(id -> id <= highest)
                .sorted()
                .toArray();
        if (before.length < InsertionSearch.PAGE) {
            return Optional.empty();
        }
        long lowest = before[before.length - InsertionSearch.PAGE];
        return Optional.of(ids(catalogId, batch -> true).filter(id -> id >= lowest));
    }

    private LongStream ids(long catalogId, Predicate<Batch> which) {
        return added.stream()
                .filter(batch -> batch.catalogId() == catalogId)
                .filter(which)
                .map(Batch::ids)
                .toList()
                .stream()
                .flatMapToLong(LongStream::of);
    }

    /** Returns whether a delete of an element with this id or a higher one was sent. */
    synchronized boolean mayBeDeleted(long lowestId) {
        return deleted.stream().flatMapToLong(LongStream::of).anyMatch(id -> id >= lowestId);
    }
}
