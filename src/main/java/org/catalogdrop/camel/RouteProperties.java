package org.catalogdrop.camel;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesSource;
import org.catalogdrop.camel.http.HttpClient;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.Version;

/** The properties that the routes use, all named {@code catalog-drop.…}. They are computed from the checked settings. */
public final class RouteProperties implements PropertiesSource {

    private final Map<String, String> properties;

    /**
     * @param watch whether the inbox is watched
     * @param once whether the run ends when it is empty
     */
    public RouteProperties(Settings settings, boolean watch, boolean once) {
        Settings.Api api = settings.api();
        properties = Map.ofEntries(
                Map.entry("catalog-drop.watch", Boolean.toString(watch)),
                Map.entry(
                        "catalog-drop.approve",
                        Boolean.toString(watch && settings.drops().approve())),
                Map.entry("catalog-drop.once", Boolean.toString(once)),
                Map.entry(
                        "catalog-drop.inbox",
                        settings.folders().ofLoads().inbox().toString()),
                Map.entry(
                        "catalog-drop.poll-millis",
                        Long.toString(settings.drops().poll().toMillis())),
                Map.entry("catalog-drop.base-url", api.baseUrl()),
                Map.entry("catalog-drop.endpoint", api.baseUrl() + "/api/v2/catalog_elements"),
                Map.entry("catalog-drop.token-endpoint", api.baseUrl() + "/oauth2/access_token"),
                Map.entry("catalog-drop.user-agent", "catalog-drop/" + Version.text()),
                Map.entry("catalog-drop.connections", Integer.toString(HttpClient.connections(api))));
    }

    /** Gives the properties to a context, in place of those of an earlier loader. */
    static void put(CamelContext context, RouteProperties properties) {
        PropertiesComponent placeholders = context.getPropertiesComponent();
        placeholders.getPropertiesSources().removeIf(RouteProperties.class::isInstance);
        placeholders.addPropertiesSource(properties);
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
