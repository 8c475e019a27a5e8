package org.catalogdrop.camel;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckRegistry;
import org.catalogdrop.observability.LoaderHealth;
import org.catalogdrop.observability.Meters;

/**
 * Registers our checks and metrics in the host's health registry and meter registry, if it has them. Changes nothing of the host's own.
 * {@link #close} removes them again.
 */
public final class HostHealthBinding implements AutoCloseable {

    private final Optional<HealthCheckRegistry> health;
    private final List<HealthCheck> checks;
    private final Optional<Runnable> meters;

    public HostHealthBinding(CamelContext host, LoaderHealth vitals) {
        health = Optional.ofNullable(HealthCheckRegistry.get(host));
        checks = LoaderHealthCheck.of(vitals);
        health.ifPresent(registry -> checks.forEach(registry::register));
        boolean micrometer =
                host.getClassResolver().resolveClass("io.micrometer.core.instrument.MeterRegistry") != null;
        meters = micrometer ? InMicrometer.bind(host, vitals) : Optional.empty();
    }

    /** A class of its own, so that a host without Micrometer never loads it. */
    private static final class InMicrometer {

        private static Optional<Runnable> bind(CamelContext host, LoaderHealth vitals) {
            MeterRegistry registry = host.getRegistry().findSingleByType(MeterRegistry.class);
            return Optional.ofNullable(registry)
                    .map(found -> new Meters(found, vitals))
                    .map(found -> found::close);
        }
    }

    @Override
    public void close() {
        health.ifPresent(registry -> checks.forEach(registry::unregister));
        meters.ifPresent(Runnable::run);
    }
}
