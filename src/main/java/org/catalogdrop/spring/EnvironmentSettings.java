package org.catalogdrop.spring;

import java.util.Properties;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.spi.LoadablePropertiesSource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;

/**
 * Lists the settings in Spring's environment. Camel only asks it for single names, and would not see a misspelt one. Safe for many threads.
 */
final class EnvironmentSettings implements LoadablePropertiesSource {

    private final ConfigurableEnvironment environment;

    EnvironmentSettings(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public String getName() {
        return "the environment of Spring";
    }

    @Override
    public String getProperty(String name) {
        return isOurs(name) ? environment.getProperty(name) : null;
    }

    @Override
    public Properties loadProperties() {
        return loadProperties(name -> true);
    }

    @Override
    public Properties loadProperties(Predicate<String> filter) {
        Properties ours = new Properties();
        environment.getPropertySources().stream()
                .flatMap(source -> source instanceof EnumerablePropertySource<?> listed
                        ? Stream.of(listed.getPropertyNames())
                        : Stream.empty())
                .filter(EnvironmentSettings::isOurs)
                .filter(filter)
                .forEach(name -> ours.setProperty(name, environment.getProperty(name, "")));
        return ours;
    }

    @Override
    public void reloadProperties(String location) {
        // Each look asks the environment.
    }

    private static boolean isOurs(String name) {
        return name.startsWith("kommo.") || name.startsWith("drop.") || name.startsWith("catalog-drop.");
    }
}
