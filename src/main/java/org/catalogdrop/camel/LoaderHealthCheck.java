package org.catalogdrop.camel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.catalogdrop.observability.Finding;
import org.catalogdrop.observability.LoaderHealth;

/** A health check of the loader: a name and a function. It sends nothing itself, because each request counts against the account. */
final class LoaderHealthCheck implements HealthCheck {

    static final String GROUP = "catalog-drop";

    /** Returns the health checks of a loader. */
    static List<HealthCheck> of(LoaderHealth vitals) {
        return of(vitals, Optional.empty(), true);
    }

    /**
     * Returns the health checks of a loader.
     *
     * @param account what the names begin with, if there are several accounts
     * @param decide whether some of them decide if the process is ready
     */
    static List<HealthCheck> of(LoaderHealth vitals, Optional<String> account, boolean decide) {
        String prefix = account.map(name -> name + "-").orElse("");
        return vitals.checks().entrySet().stream()
                .<HealthCheck>map(check -> new LoaderHealthCheck(
                        prefix + check.getKey(),
                        check.getValue(),
                        decide && LoaderHealth.decidesReadiness(check.getKey())))
                .toList();
    }

    private final String name;
    private final Supplier<Finding> look;
    private final boolean readiness;
    private volatile boolean enabled = true;

    private LoaderHealthCheck(String name, Supplier<Finding> look, boolean readiness) {
        this.name = name;
        this.look = look;
        this.readiness = readiness;
    }

    @Override
    public String getId() {
        return GROUP + "-" + name;
    }

    @Override
    public String getGroup() {
        return GROUP;
    }

    @Override
    public boolean isEnabled() {
        return enabled;
    }

    @Override
    public void setEnabled(boolean choice) {
        enabled = choice;
    }

    /** Returns false: restarting does not help a loader that cannot work for now. */
    @Override
    public boolean isLiveness() {
        return false;
    }

    @Override
    public boolean isReadiness() {
        return readiness;
    }

    @Override
    public Result call(Map<String, Object> options) {
        HealthCheckResultBuilder result = HealthCheckResultBuilder.on(this);
        Finding finding = Finding.of(look);
        return (finding.good() ? result.up() : result.down())
                .message(finding.message())
                .build();
    }
}
