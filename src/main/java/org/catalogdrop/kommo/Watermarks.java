package org.catalogdrop.kommo;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.catalogdrop.model.Chunk;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.Operation;
import org.catalogdrop.model.Outcome;
import org.catalogdrop.model.Status;

/**
 * Holds the highest element id that this process has seen in each list. Ids grow, so what is sent from now on makes elements above it,
 * whatever any clock says. Safe for many threads.
 */
public final class Watermarks {

    private final Map<Long, Long> highest = new HashMap<>();

    /** Takes note of elements that were read. */
    public synchronized void read(Collection<Element> elements) {
        elements.forEach(element -> raise(element.catalogId(), element.id()));
    }

    /** Takes note of elements that adds have made. */
    public synchronized void settled(Collection<Outcome> outcomes) {
        for (Outcome outcome : outcomes) {
            if (outcome.status() == Status.CREATED && outcome.asked().orElse(null) instanceof Operation.Add add) {
                raise(add.catalogId(), outcome.id());
            }
        }
    }

    private void raise(long list, long id) {
        if (list > 0) {
            highest.merge(list, id, Math::max);
        }
    }

    /** Returns the marks of the lists that a chunk of adds goes to; a list of which nothing was seen is left out. */
    public Map<Long, Long> of(Chunk chunk) {
        Set<Long> lists = chunk.operations().stream()
                .filter(Operation.Add.class::isInstance)
                .map(operation -> ((Operation.Add) operation).catalogId())
                .collect(Collectors.toSet());
        synchronized (this) {
            return lists.stream().filter(highest::containsKey).collect(Collectors.toMap(list -> list, highest::get));
        }
    }
}
