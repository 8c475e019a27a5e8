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
        context.addLifecycleStrategy(new Life());
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
            if (Installation.in(context).isPresent()) {
                return;
            }
            HostSettings settings = new HostSettings(context);
            if (settings.presence() == HostSettings.Presence.EXPORT) {
                return;
            }
            Optional<String> call = Routes.callWithoutLoader(context);
            if (call.isPresent()) {
                throw new VetoCamelContextStartException(
                        call.get() + ", but there is no Catalog Drop in context " + context.getName() + ", because "
                                + settings.absence() + ". Set it in the properties of the application.",
                        context,
                        true);
            }
        }

        @Override
        public void onContextStopped(CamelContext context) {
            installed.ifPresent(Installation::close);
            installed = Optional.empty();
        }
    }
}
