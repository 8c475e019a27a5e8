package org.catalogdrop.app;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.spi.PropertiesSource;

/** The properties the routes ask for, all named {@code catalog-drop.…}; made of the checked settings. */
final class RouteProperties implements PropertiesSource {

    private static final Duration SECOND_AND_A_TWENTIETH = Duration.ofMillis(1050);

    private final Map<String, String> properties;

    RouteProperties(Settings settings, CatalogDrop.Mode mode) {
        Settings.Api api = settings.api();
        int rate = api.requestsPerSecond();
        properties = Map.ofEntries(
                Map.entry("catalog-drop.watch", Boolean.toString(mode.watch())),
                Map.entry(
                        "catalog-drop.approve",
                        Boolean.toString(mode.watch() && settings.drops().approve())),
                Map.entry("catalog-drop.once", Boolean.toString(mode.once())),
                Map.entry("catalog-drop.inbox", settings.folders().inbox().toString()),
                Map.entry(
                        "catalog-drop.poll-millis",
                        Long.toString(settings.drops().poll().toMillis())),
                Map.entry("catalog-drop.paced", Boolean.toString(rate > 0)),
                Map.entry("catalog-drop.pace-millis", Long.toString(paceMillis(rate))),
                Map.entry("catalog-drop.base-url", api.baseUrl()),
                Map.entry("catalog-drop.endpoint", api.baseUrl() + "/api/v2/catalog_elements"),
                Map.entry("catalog-drop.user-agent", "catalog-drop/" + Version.text()),
                Map.entry("catalog-drop.connections", Integer.toString(HttpClient.connections(api))));
    }

    /**
     * Between two requests: a twentieth longer than the rate allows, since what leaves evenly may arrive closer together, and one
     * request too many within a second is a warning before a block.
     */
    private static long paceMillis(int rate) {
        return rate == 0 ? 1 : (SECOND_AND_A_TWENTIETH.toMillis() + rate - 1) / rate;
    }

    @Override
    public String getName() {
        return "catalog-drop";
    }

    @Override
    public String getProperty(String name) {
        return properties.get(name);
    }
}
