package org.catalogdrop.reconcile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.catalogdrop.model.Operation;

/**
 * How many adds are in doubt, by their content, of all drops. Several chunks may be in doubt at once: an element too many for the rows of
 * one is no riddle if an equal row of another may have made it. Safe for many threads.
 */
public final class InDoubtAddIndex {

    /** Those that will be looked up. */
    private final Map<Integer, Integer> open = new HashMap<>();
    /** All of them by their namesakes: each row of a chunk asks, and there may be many chunks. */
    private final Map<Integer, Integer> names = new HashMap<>();

    /**
     * Returns those in doubt when the load begins.
     *
     * @param open those that will be looked up
     * @param ended those that ended in doubt
     */
    public InDoubtAddIndex(Map<Integer, Integer> open, Map<Integer, Integer> ended) {
        open.forEach(this::open);
        ended.forEach(this::named);
    }

    /** These have come into doubt. Updates and deletes do not count. */
    public synchronized void add(List<Operation> operations) {
        contents(operations.stream()).forEach(content -> open(content, 1));
    }

    /** These have been looked up. */
    public synchronized void remove(List<Operation> operations) {
        contents(operations.stream()).forEach(content -> open(content, -1));
    }

    /** These have ended in doubt: what is there of them may still be theirs. */
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
        counts.merge(of, by, Integer::sum);
        counts.remove(of, 0);
    }

    /** Returns how many adds of this one's name to its list are in doubt, or ended so, itself included; now and then one more. */
    synchronized int namesakes(Operation.Add add) {
        return namesakes(add.namesake());
    }

    /** Returns the same by {@link Operation.Add#namesake}. */
    synchronized int namesakes(int name) {
        return names.getOrDefault(name, 0);
    }

    /** Returns how many adds of this one's content will be looked up, itself included. */
    synchronized int like(Operation.Add add) {
        return open.getOrDefault(add.content(), 0);
    }
}
