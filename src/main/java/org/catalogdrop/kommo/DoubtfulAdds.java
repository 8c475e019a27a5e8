package org.catalogdrop.kommo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.catalogdrop.model.Operation;

/**
 * How many adds are in doubt, by their content, of all drops. Several chunks may be in doubt at once: an element too many for the rows of
 * one is no riddle if an equal row of another may have made it. Safe for many threads.
 */
public final class DoubtfulAdds {

    private final Map<Integer, Integer> open;
    private final Map<Integer, Integer> ended;

    /**
     * Those in doubt when the load begins.
     *
     * @param open those that will be looked up
     * @param ended those that ended in doubt
     */
    public DoubtfulAdds(Map<Integer, Integer> open, Map<Integer, Integer> ended) {
        this.open = new HashMap<>(open);
        this.ended = new HashMap<>(ended);
    }

    /** These have come into doubt. Updates and deletes do not count. */
    public synchronized void add(List<Operation> operations) {
        operations.forEach(operation -> change(open, operation, 1));
    }

    /** These have been looked up. */
    public synchronized void remove(List<Operation> operations) {
        operations.forEach(operation -> change(open, operation, -1));
    }

    /** These have ended in doubt: what is there of them may still be theirs. */
    public synchronized void end(Stream<Operation> operations) {
        operations.forEach(operation -> change(ended, operation, 1));
    }

    private static void change(Map<Integer, Integer> counts, Operation operation, int by) {
        if (operation instanceof Operation.Add add) {
            counts.merge(add.content(), by, Integer::sum);
            counts.remove(add.content(), 0);
        }
    }

    /** How many adds of this one's name to its list are in doubt, or ended so, itself included; now and then one more. */
    synchronized int namesakes(Operation.Add add) {
        return Stream.of(open, ended)
                .flatMap(counts -> counts.entrySet().stream())
                .filter(entry -> entry.getKey() >>> 16 == add.namesake())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** How many adds of this one's content will be looked up, itself included. */
    synchronized int like(Operation.Add add) {
        return open.getOrDefault(add.content(), 0);
    }
}
