package org.catalogdrop.camel;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.LifecycleStrategy;

/** Finds what follows the life of a context. Not by a bean: a context that was stopped has forgotten its beans, but not these. */
public final class Lifecycles {

    private Lifecycles() {}

    /** Returns the strategy of a type that a context has, if it has one. */
    public static <T extends LifecycleStrategy> Optional<T> find(CamelContext context, Class<T> type) {
        return context.getLifecycleStrategies().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
