package org.catalogdrop.kommo;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Operation;

/**
 * How many adds of a drop are in doubt, by their content. Several chunks may be in doubt at once: an element too many for the rows of
 * one is no riddle if an equal row of another may have made it. Safe for many threads.
 */
public final class DoubtfulAdds {

    private final Map<Integer, Integer> counts;

    /** @param counts the adds in doubt when the load begins */
    public DoubtfulAdds(Map<Integer, Integer> counts) {
        this.counts = new HashMap<>(counts);
    }

    /** These have come into doubt. Updates and deletes do not count. */
    public synchronized void add(List<Operation> operations) {
        change(operations, 1);
    }

    /** These are no longer in doubt, however that ended. */
    public synchronized void remove(List<Operation> operations) {
        change(operations, -1);
    }

    private void change(List<Operation> operations, int by) {
        for (Operation operation : operations) {
            if (operation instanceof Operation.Add add) {
                counts.merge(add.content(), by, Integer::sum);
                counts.remove(add.content(), 0);
            }
        }
    }

    /** How many adds of this one's name to its list are in doubt, itself included; now and then one more. */
    synchronized int namesakes(Operation.Add add) {
        return counts.entrySet().stream()
                .filter(entry -> entry.getKey() >>> 16 == add.namesake())
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** How many adds of this one's content are in doubt, itself included. */
    synchronized int like(Operation.Add add) {
        return counts.getOrDefault(add.content(), 0);
    }
}
