package org.catalogdrop.spring;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.catalogdrop.camel.HostHealthView;
import org.catalogdrop.observability.Finding;
import org.catalogdrop.observability.LoaderHealth;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;

/**
 * Shows the checks of the loaders in the actuator, as {@code catalogDrop}. If one of them is down, its status is {@code TROUBLE}, which does
 * not change the status of the application. It is {@code DOWN} only if the application asked for that. Safe for many threads.
 */
final class LoaderHealthIndicator implements HealthIndicator, HostHealthView {

    private static final Status TROUBLE =
            new Status("TROUBLE", "the application works, but the loader does not, or someone has to look at it");

    /**
     * @param prefix what the names of its checks begin with
     * @param decides whether its trouble is trouble of the application
     */
    private record Shown(LoaderHealth loader, String prefix, boolean decides) {}

    private final List<Shown> shown = new CopyOnWriteArrayList<>();

    @Override
    public void show(LoaderHealth loader, Optional<String> account, boolean decides) {
        shown.add(new Shown(loader, account.map(name -> name + "-").orElse(""), decides));
    }

    @Override
    public void hide(LoaderHealth loader) {
        shown.removeIf(one -> one.loader() == loader);
    }

    @Override
    public Health health() {
        if (shown.isEmpty()) {
            return Health.unknown().build();
        }
        Health.Builder all = Health.up();
        shown.forEach(one -> one.loader().checks().forEach((name, check) -> {
            Finding finding = Finding.of(check);
            all.withDetail(
                    one.prefix() + name,
                    Map.of("status", finding.good() ? "UP" : "DOWN", "message", finding.message()));
            if (!finding.good()) {
                boolean down = one.decides() && LoaderHealth.decidesReadiness(name);
                all.status(down || all.build().getStatus().equals(Status.DOWN) ? Status.DOWN : TROUBLE);
            }
        }));
        return all.build();
    }
}
