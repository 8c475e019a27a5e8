package org.catalogdrop.camel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.util.OrderedLocationProperties;
import org.apache.camel.util.StringHelper;
import org.catalogdrop.config.SettingKeys;
import org.catalogdrop.mapping.Suggestions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings among the property placeholders of a host. Names bind in any spelling that hosts use: {@code kommo.base-url},
 * {@code kommo.baseUrl}, {@code KOMMO_BASE_URL}. Used by one thread.
 */
public final class HostSettings implements Function<String, Optional<String>> {

    /** What each property is that is not set, while {@code camel export} only looks at an application. */
    private static final String EXPORT = "@@CamelMagicValue@@";

    /** A property that nobody sets. */
    private static final String NEVER_SET = "catalog-drop.never-set";

    /** The property with the names of several accounts. */
    public static final String ACCOUNTS = "catalog-drop.accounts";

    private static final String BASE_URL = "kommo.base-url";

    private static final Logger LOG = LoggerFactory.getLogger(HostSettings.class);

    private final PropertiesComponent placeholders;
    private final String prefix;
    private final Map<String, String> written = new LinkedHashMap<>();
    private final Properties known;

    /** The settings of a host with one account, or those for all of several accounts. */
    public HostSettings(CamelContext host) {
        this(host, "");
    }

    /** @param prefix what the names of the settings begin with */
    public HostSettings(CamelContext host, String prefix) {
        this.prefix = prefix;
        placeholders = host.getPropertiesComponent();
        known = placeholders.loadProperties(this::isOurs);
        Stream.concat(known.stringPropertyNames().stream(), System.getProperties().stringPropertyNames().stream())
                .filter(this::isOurs)
                .forEach(name -> written.put(uniform(name.substring(prefix.length())), name));
    }

    /** What the host's properties say of an installation. */
    enum Presence {
        /** They name an account. */
        SET,
        /** They name none. */
        ABSENT,
        /** Nobody runs the application: properties that are not set have a placeholder, because it is only exported. */
        EXPORT
    }

    Presence presence() {
        if (isExport()) {
            return Presence.EXPORT;
        }
        Optional<String> baseUrl = apply(BASE_URL);
        // With a placeholder it is the address of several accounts.
        return baseUrl.filter(text -> !text.isBlank() && !text.contains("{account}"))
                        .isPresent()
                ? Presence.SET
                : Presence.ABSENT;
    }

    /** Returns whether nobody runs the application, because it is only exported. */
    public boolean isExport() {
        return placeholders
                .resolveProperty(NEVER_SET)
                .filter(text -> text.contains(EXPORT))
                .isPresent();
    }

    /** Returns why no account is named. */
    String absence() {
        String raw = Optional.ofNullable(written.get(uniform(BASE_URL)))
                .map(known::getProperty)
                .orElse("");
        return raw.isBlank()
                ? BASE_URL + " is not set"
                : BASE_URL + " = '" + raw + "' names a property that is not set";
    }

    @Override
    public Optional<String> apply(String key) {
        return placeholders
                .resolveProperty(prefix + key)
                .or(() -> placeholders.resolveProperty(prefix + StringHelper.dashToCamelCase(key)))
                .or(() -> Optional.ofNullable(written.get(uniform(key))).flatMap(placeholders::resolveProperty));
    }

    /**
     * Returns a fault for each name that is almost a setting. Other names may be the host's own: they are only logged.
     */
    public List<String> misspelt() {
        List<String> faults = new ArrayList<>();
        List<String> foreign = new ArrayList<>();
        for (String name : new TreeSet<>(written.values())) {
            String key = name.substring(prefix.length());
            if (SettingKeys.ALL.stream().map(HostSettings::uniform).anyMatch(uniform(key)::equals)) {
                continue;
            }
            Optional<String> near = near(key).map(prefix::concat);
            near.ifPresent(
                    setting -> faults.add(name + place(name) + ": unknown setting; did you mean " + setting + "?"));
            if (near.isEmpty()) {
                foreign.add(name);
            }
        }
        if (!foreign.isEmpty()) {
            LOG.warn(
                    "These properties are no settings of Catalog Drop, and it ignores them: {}. docs/settings.md lists the settings.",
                    String.join(", ", foreign));
        }
        return faults;
    }

    private String place(String name) {
        String place = known instanceof OrderedLocationProperties placed ? placed.getLocation(name) : null;
        return place == null || place.equals("initial") || place.equals("override") ? "" : " in " + place;
    }

    /** Compares what follows the first dot: all names begin alike. */
    private static Optional<String> near(String name) {
        int rest = name.indexOf('.') + 1;
        String group = name.substring(0, rest).toLowerCase(Locale.ROOT);
        List<String> settings = SettingKeys.ALL.stream()
                .filter(key -> key.startsWith(group))
                .map(key -> key.substring(rest))
                .toList();
        return Suggestions.of(StringHelper.camelCaseToDash(name.substring(rest)), settings)
                .map(group::concat);
    }

    private boolean isOurs(String name) {
        if (!name.startsWith(prefix)) {
            return false;
        }
        String plain = name.substring(prefix.length()).toLowerCase(Locale.ROOT);
        return plain.startsWith("kommo.") || plain.startsWith("drop.");
    }

    private static String uniform(String name) {
        // Without dots too: Quarkus makes kommo.base.url of KOMMO_BASE_URL.
        return name.toLowerCase(Locale.ROOT).replaceAll("[-_.]", "");
    }
}
