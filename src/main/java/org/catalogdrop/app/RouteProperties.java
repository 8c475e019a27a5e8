package org.catalogdrop.app;

import java.time.Duration;
import java.util.Map;
import org.apache.camel.spi.PropertiesSource;

/** The properties the routes ask for, all named {@code catalog-drop.…}; made of the checked settings. */
final class RouteProperties implements PropertiesSource {

    private final Map<String, String> properties;

    RouteProperties(Settings settings, CatalogDrop.Mode mode) {
        Settings.Api api = settings.api();
        int rate = api.requestsPerSecond();
        properties = Map.ofEntries(
                Map.entry("catalog-drop.watch", Boolean.toString(mode.watch())),
                Map.entry("catalog-drop.once", Boolean.toString(mode.once())),
                Map.entry("catalog-drop.inbox", settings.folders().inbox().toString()),
                Map.entry(
                        "catalog-drop.poll-millis",
                        Long.toString(settings.drops().poll().toMillis())),
                Map.entry("catalog-drop.paced", Boolean.toString(rate > 0)),
                Map.entry("catalog-drop.pace-millis", Long.toString(paceMillis(rate))),
                Map.entry("catalog-drop.endpoint", api.baseUrl() + "/api/v2/catalog_elements"),
                Map.entry("catalog-drop.user-agent", "catalog-drop/" + Version.text()),
                Map.entry("catalog-drop.connections", Integer.toString(HttpClient.connections(api))));
    }

    /** Between two requests: so long that no second has more than the rate, a timer's jitter included. */
    private static long paceMillis(int rate) {
        long second = Duration.ofSeconds(1).toMillis();
        return rate == 0 ? 1 : (second + rate - 1) / rate + 1;
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
