package org.catalogdrop.camel;

import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.VetoCamelContextStartException;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Installs the loader into each CamelContext whose properties name an account ({@code kommo.base-url}), before its routes are made. Camel
 * finds this class by {@code META-INF/services}, so a host needs no code. A context without such a property stays as it is.
 */
public final class SelfInstallation implements ContextServicePlugin {

    @Override
    public void load(CamelContext context) {
        if (life(context).isEmpty()) {
            context.addLifecycleStrategy(new Life());
        }
    }

    private static Optional<Life> life(CamelContext context) {
        return Lifecycles.find(context, Life.class);
    }

    /**
     * Does the same for a context that has looked for plugins before this jar was there, as when a Kamelet names the jar as a dependency. In
     * a context that is starting, the loader is installed when its routes are known, and else now.
     */
    public static void ensure(CamelContext context) throws VetoCamelContextStartException {
        if (Installation.in(context).isPresent() || life(context).isPresent()) {
            return;
        }
        Life late = new Life();
        context.addLifecycleStrategy(late);
        if (context.isStarted()) {
            late.onContextInitializing(context);
        }
    }

    /**
     * Checks that a context has a loader.
     *
     * @param caller the endpoint that calls it
     * @throws IllegalStateException if it has none, and is more than a copy of an application that is exported
     */
    public static void require(CamelContext context, String caller) {
        if (Installation.in(context).isEmpty()
                && new HostSettings(context).presence() != HostSettings.Presence.EXPORT) {
            throw new IllegalStateException(caller + " needs " + missing(context));
        }
    }

    private static String missing(CamelContext context) {
        return "a Catalog Drop, which context " + context.getName() + " does not have, because "
                + new HostSettings(context).absence() + ". Set it in the properties of the application.";
    }

    /** Follows the life of one context. Later than {@code load}, where Camel has no type converters yet and swallows faults. */
    private static final class Life extends LifecycleStrategySupport {

        private Optional<Installation> installed = Optional.empty();

        @Override
        public void onContextInitializing(CamelContext context) throws VetoCamelContextStartException {
            if (Installation.in(context).isPresent()) {
                return;
            }
            try {
                HostSettings settings = new HostSettings(context);
                if (settings.presence() == HostSettings.Presence.SET) {
                    installed = Optional.of(Installation.installItself(context, settings));
                }
            } catch (Exception fault) {
                throw new VetoCamelContextStartException(fault.getMessage(), fault, context, true);
            }
        }

        /** By now all routes of the start are known. */
        @Override
        public void onContextInitialized(CamelContext context) throws VetoCamelContextStartException {
            if (Installation.in(context).isEmpty()) {
                onContextInitializing(context);
                installed.ifPresent(late -> Routes.startNow(context));
            }
            Optional<String> call = Installation.in(context).isPresent()
                            || new HostSettings(context).presence() == HostSettings.Presence.EXPORT
                    ? Optional.empty()
                    : Routes.callWithoutLoader(context);
            if (call.isPresent()) {
                throw new VetoCamelContextStartException(
                        call.get() + ", which needs " + missing(context), context, true);
            }
        }

        @Override
        public void onContextStopped(CamelContext context) {
            installed.ifPresent(Installation::close);
            installed = Optional.empty();
        }
    }
}
