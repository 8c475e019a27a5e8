package org.catalogdrop.sandbox.fault;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The current values of all switches. Safe for many threads: they may be set while requests arrive. */
public final class Switches {
    private final Map<Class<?>, Switch> standing = new ConcurrentHashMap<>();

    public Switches(Collection<Switch> turned) {
        for (Class<?> type : Switch.class.getPermittedSubclasses()) {
            standing.put(type, (Switch) type.getEnumConstants()[0]);
        }
        turned.forEach(this::turn);
    }

    public void turn(Switch choice) {
        standing.put(choice.getClass(), choice);
    }

    public boolean is(Switch choice) {
        return standing.get(choice.getClass()) == choice;
    }

    public <T extends Switch> T get(Class<T> type) {
        return type.cast(standing.get(type));
    }

    public Collection<Switch> all() {
        return standing.values();
    }
}
