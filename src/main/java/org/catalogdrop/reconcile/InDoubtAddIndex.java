package org.catalogdrop.reconcile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catalogdrop.model.Operation;

/**
 * Counts the adds in doubt by their content, for all drops. Several chunks may be in doubt at once: if there are more elements than rows
 * of one chunk, an equal row of another chunk may have made the rest. Safe for many threads.
 */
public final class InDoubtAddIndex {

    /** Adds that will be looked up, counted by content. */
    private final Map<Integer, Integer> open = new HashMap<>();
    /** All adds in doubt, counted by name. It is kept because each row of a chunk asks for it, and there may be many chunks. */
    private final Map<Integer, Integer> names = new HashMap<>();

    /**
     * Makes an index of the adds that are in doubt when the load begins.
     *
     * @param open adds that will be looked up, counted by content
     * @param ended adds that ended in doubt, counted by content
     */
    public InDoubtAddIndex(Map<Integer, Integer> open, Map<Integer, Integer> ended) {
        open.forEach(this::open);
        ended.forEach(this::named);
    }

    /** Counts adds that have come into doubt. Updates and deletes are ignored. */
    public synchronized void add(List<Operation> operations) {
        contents(operations.stream()).forEach(content -> open(content, 1));
    }

    /** Removes adds that have been looked up. */
    public synchronized void remove(List<Operation> operations) {
        contents(operations.stream()).forEach(content -> open(content, -1));
    }

    /** Counts adds that have ended in doubt: their elements may still be in the list. */
    public synchronized void end(Stream<Operation> operations) {
        contents(operations).forEach(content -> named(content, 1));
    }

    private static IntStream contents(Stream<Operation> operations) {
        return operations.filter(Operation.Add.class::isInstance).mapToInt(operation -> ((Operation.Add) operation)
                .content());
    }

    private void open(int content, int by) {
        change(open, content, by);
        named(content, by);
    }

    private void named(int content, int by) {
        change(names, Operation.Add.namesake(content), by);
    }

    private static void change(Map<Integer, Integer> counts, int of, int by) {
        // An older version may have counted an add by another hash: nothing counts for less than none.
        if (counts.merge(of, by, Integer::sum) <= 0) {
            counts.remove(of);
        }
    }

    /**
     * Returns how many adds to this list are in doubt or ended in doubt whose elements may have this name, including this one. Hash
     * collisions may rarely add one.
     */
    synchronized int namesakes(Operation.Add add) {
        int name = add.namesake();
        int lossy = Operation.Add.lossyNamesake(add.catalogId());
        return namesakes(name) + (name == lossy ? 0 : namesakes(lossy));
    }

    /** Returns how many of them have this hash, which is that of {@link Operation.Add#namesake}. */
    synchronized int namesakes(int name) {
        return names.getOrDefault(name, 0);
    }

    /** Returns how many adds with this content will be looked up, including this one. */
    synchronized int like(Operation.Add add) {
        return open.getOrDefault(add.content(), 0);
    }
}
