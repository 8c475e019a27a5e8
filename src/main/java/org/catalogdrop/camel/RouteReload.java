package org.catalogdrop.camel;

import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.ContextReloadStrategy;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.ResourceReload;
import org.apache.camel.spi.ResourceReloadStrategy;
import org.apache.camel.support.SimpleEventNotifierSupport;

/**
 * Brings our routes back when a host in development mode has reloaded its own, which removes all routes of the context. A load that is
 * under way ends before that, as by a stop: Camel would wait long for each of our routes.
 */
final class RouteReload extends SimpleEventNotifierSupport {

    /** The loads of a context. */
    interface Loads {

        /** Ends a load under way, and waits for that. */
        void pause();

        /** Takes loads again. */
        void resume();
    }

    private final CamelContext context;
    private final Supplier<Optional<Loads>> loader;

    private RouteReload(CamelContext context, Supplier<Optional<Loads>> loader) {
        this.context = context;
        this.loader = loader;
        setIgnoreCamelContextEvents(false);
        setIgnoreRouteEvents(false);
        setIgnoreExchangeEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    /**
     * Follows the reloads of a context, if it can reload at all.
     *
     * @param loader the loader that the context has at the time of a reload
     */
    static void follow(CamelContext context, Supplier<Optional<Loads>> loader) {
        boolean reloads = context.hasService(ResourceReloadStrategy.class) != null
                || context.hasService(ContextReloadStrategy.class) != null;
        boolean followed =
                context.getManagementStrategy().getEventNotifiers().stream().anyMatch(RouteReload.class::isInstance);
        if (reloads && !followed) {
            context.getManagementStrategy().addEventNotifier(new RouteReload(context, loader));
        }
    }

    /** Ends loads before each reload of changed files. Only a strategy that has started has its own reload, to be put between. */
    static void endLoadsBefore(CamelContext context, Supplier<Optional<Loads>> loader) {
        ResourceReloadStrategy strategy = context.hasService(ResourceReloadStrategy.class);
        if (strategy != null
                && strategy.getResourceReload() != null
                && !(strategy.getResourceReload() instanceof Pausing)) {
            strategy.setResourceReload(new Pausing(strategy.getResourceReload(), loader));
        }
    }

    private record Pausing(ResourceReload next, Supplier<Optional<Loads>> loader) implements ResourceReload {

        @Override
        public void onReload(String name, Resource resource) throws Exception {
            loader.get().ifPresent(Loads::pause);
            try {
                next.onReload(name, resource);
            } finally {
                loader.get().ifPresent(Loads::resume);
            }
        }
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.CamelContextReloadingEvent
                || event instanceof CamelEvent.RouteReloadedEvent
                || event instanceof CamelEvent.CamelContextReloadedEvent;
    }

    @Override
    public void notify(CamelEvent event) throws Exception {
        Optional<Loads> ours = loader.get();
        if (ours.isEmpty()) {
            return;
        }
        if (event instanceof CamelEvent.CamelContextReloadingEvent) {
            ours.get().pause();
            return;
        }
        Routes.restore(context);
        if (event instanceof CamelEvent.CamelContextReloadedEvent) {
            ours.get().resume();
        }
    }
}
