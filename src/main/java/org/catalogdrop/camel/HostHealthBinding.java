package org.catalogdrop.camel;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.catalogdrop.observability.LoaderHealth;
import org.catalogdrop.observability.Meters;

/**
 * Registers our checks and metrics in the host's health registry and meter registry, if it has them. A host that shows health in another
 * place has a {@link HostHealthView} there. Changes nothing of the host's own.
 * {@link #close} removes them again.
 */
public final class HostHealthBinding implements AutoCloseable {

    private final Optional<HealthCheckRegistry> health;
    private final List<HealthCheck> checks;
    private final Optional<HostHealthView> view;
    private final LoaderHealth vitals;
    private final Optional<Runnable> meters;

    public HostHealthBinding(CamelContext host, LoaderHealth vitals) {
        this(host, vitals, Optional.empty());
    }

    /** @param account the name under which they are shown, if the host has several accounts */
    HostHealthBinding(CamelContext host, LoaderHealth vitals, Optional<String> account) {
        boolean decide = host.getPropertiesComponent()
                .resolveProperty("catalog-drop.readiness")
                .map(Boolean::parseBoolean)
                .orElse(false);
        this.vitals = vitals;
        view = Optional.ofNullable(host.getRegistry().findSingleByType(HostHealthView.class));
        view.ifPresent(place -> place.show(vitals, account, decide));
        health = view.isPresent() ? Optional.empty() : Optional.ofNullable(HealthCheckRegistry.get(host));
        checks = LoaderHealthCheck.of(vitals, account, decide);
        health.ifPresent(registry -> checks.forEach(registry::register));
        boolean micrometer =
                host.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") != null;
        meters = micrometer ? InMicrometer.bind(host, vitals, tag(host, account)) : Optional.empty();
    }

    /** In a host with several accounts all metrics have the tag, as Prometheus requires: empty for the account without a name. */
    private static Optional<String> tag(CamelContext host, Optional<String> account) {
        return account.or(() -> host.getPropertiesComponent()
                .resolveProperty(HostSettings.ACCOUNTS)
                .filter(names -> !names.isBlank())
                .map(named -> ""));
    }

    /** A class of its own, so that a host without Micrometer never loads it. */
    private static final class InMicrometer {

        private static Optional<Runnable> bind(CamelContext host, LoaderHealth vitals, Optional<String> account) {
            return registry(host.getRegistry().findByType(MeterRegistry.class))
                    .map(found -> new Meters(found, vitals, account))
                    .map(found -> found::close);
        }

        /** Of several, the one that hands on to the others. */
        private static Optional<MeterRegistry> registry(Set<MeterRegistry> found) {
            List<MeterRegistry> candidates = found.size() < 2
                    ? List.copyOf(found)
                    : found.stream()
                            .filter(CompositeMeterRegistry.class::isInstance)
                            .toList();
            return candidates.size() == 1 ? Optional.of(candidates.get(0)) : Optional.empty();
        }
    }

    @Override
    public void close() {
        view.ifPresent(place -> place.hide(vitals));
        health.ifPresent(registry -> checks.forEach(registry::unregister));
        meters.ifPresent(Runnable::run);
    }
}
