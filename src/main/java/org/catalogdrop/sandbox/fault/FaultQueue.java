package org.catalogdrop.sandbox.fault;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.catalogdrop.sandbox.http.Item;

/**
 * The faults to come: first the queued ones, in order, each with the first request that it fits; then those that always happen; then, for
 * the others, random ones. Requests that are refused for their token or their rate take none. Safe for many threads.
 */
public final class FaultQueue {
    private final List<Fault> queue = new ArrayList<>();
    private final List<Fault> standing = new ArrayList<>();
    private final Map<Fault, Double> rates = new LinkedHashMap<>();
    private Random random = new Random(1);

    public FaultQueue() {}

    /** Queues a fault for the next request that it fits. */
    public void next(Fault fault) {
        next(fault, 1);
    }

    /** Queues a fault for the given number of requests that it fits. */
    public synchronized void next(Fault fault, int times) {
        for (int i = 0; i < times; i++) {
            queue.add(fault);
        }
    }

    /** Makes a fault happen to every request that it fits, if no queued one does. */
    public synchronized void always(Fault fault) {
        standing.add(fault);
    }

    /**
     * Makes faults happen at random, and replaces earlier ones.
     *
     * @param seed the same seed and the same requests in the same order have the same faults
     * @param chances the chance of each fault for a request that it fits, 0…1, together at most 1
     */
    public synchronized void randomly(long seed, Map<Fault, Double> chances) {
        double sum = 0;
        for (Map.Entry<Fault, Double> one : chances.entrySet()) {
            if (!(one.getValue() >= 0 && one.getValue() <= 1)) {
                throw new IllegalArgumentException(
                        "the chance of fault '" + one.getKey().name() + "' is " + one.getValue() + "; expected 0 to 1");
            }
            sum += one.getValue();
        }
        if (sum > 1 + 1e-9) {
            throw new IllegalArgumentException("the chances of the faults add up to " + sum + "; expected at most 1");
        }
        random = new Random(seed);
        rates.clear();
        rates.putAll(chances);
    }

    /** Removes all faults. */
    public synchronized void clear() {
        queue.clear();
        standing.clear();
        rates.clear();
    }

    /** Returns how many queued faults are still to happen. */
    public synchronized int pending() {
        return queue.size();
    }

    public synchronized Optional<Fault> take(String method, List<Item> items) {
        for (Iterator<Fault> queued = queue.iterator(); queued.hasNext(); ) {
            Fault fault = queued.next();
            if (fault.mayHappenTo(method, items)) {
                queued.remove();
                return Optional.of(fault);
            }
        }
        for (Fault fault : standing) {
            if (fault.mayHappenTo(method, items)) {
                return Optional.of(fault);
            }
        }
        return rates.isEmpty() ? Optional.empty() : byChance(method, items);
    }

    private Optional<Fault> byChance(String method, List<Item> items) {
        double drawn = random.nextDouble();
        for (Map.Entry<Fault, Double> one : rates.entrySet()) {
            if (drawn < one.getValue()) {
                return Optional.of(one.getKey()).filter(fault -> fault.mayHappenTo(method, items));
            }
            drawn -= one.getValue();
        }
        return Optional.empty();
    }
}
