package org.catalogdrop.camel;

import java.util.function.BooleanSupplier;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.ContextReloadStrategy;
import org.apache.camel.spi.ResourceReloadStrategy;
import org.apache.camel.support.SimpleEventNotifierSupport;

/** Brings our routes back when a host in development mode has reloaded its own, which removes all routes of the context. */
final class RouteReload extends SimpleEventNotifierSupport {

    private final CamelContext context;
    private final BooleanSupplier isInstalled;

    private RouteReload(CamelContext context, BooleanSupplier isInstalled) {
        this.context = context;
        this.isInstalled = isInstalled;
        setIgnoreCamelContextEvents(false);
        setIgnoreRouteEvents(false);
        setIgnoreExchangeEvents(true);
        setIgnoreServiceEvents(true);
        setIgnoreStepEvents(true);
    }

    /**
     * Follows the reloads of a context, if it can reload at all.
     *
     * @param isInstalled whether the context has a loader at the time of a reload
     */
    static void follow(CamelContext context, BooleanSupplier isInstalled) {
        boolean reloads = context.hasService(ResourceReloadStrategy.class) != null
                || context.hasService(ContextReloadStrategy.class) != null;
        boolean followed =
                context.getManagementStrategy().getEventNotifiers().stream().anyMatch(RouteReload.class::isInstance);
        if (reloads && !followed) {
            context.getManagementStrategy().addEventNotifier(new RouteReload(context, isInstalled));
        }
    }

    @Override
    public boolean isEnabled(CamelEvent event) {
        return event instanceof CamelEvent.RouteReloadedEvent || event instanceof CamelEvent.CamelContextReloadedEvent;
    }

    @Override
    public void notify(CamelEvent event) throws Exception {
        if (isInstalled.getAsBoolean()) {
            Routes.restore(context);
        }
    }
}
