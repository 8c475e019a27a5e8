package org.catalogdrop.spring;

import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Shows the loader to Spring Boot, and Spring's settings to the loader. The loader itself installs itself into the CamelContext, as in
 * every other host.
 */
@AutoConfiguration
@ConditionalOnClass(name = "org.apache.camel.spring.boot.SpringBootCamelContext")
public class CatalogDropAutoConfiguration {

    /** Called by Spring. */
    public CatalogDropAutoConfiguration() {}

    @Bean
    EnvironmentSettings catalogDropSettings(ConfigurableEnvironment environment) {
        return new EnvironmentSettings(environment);
    }

    /** A class of its own, so that an application without the actuator never loads the indicator. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(HealthIndicator.class)
    @Conditional(AccountIsNamed.class)
    static class Actuator {

        @Bean
        @ConditionalOnProperty(name = "management.health.catalog-drop.enabled", matchIfMissing = true)
        LoaderHealthIndicator catalogDropHealthIndicator() {
            return new LoaderHealthIndicator();
        }
    }

    /** The application has an account, or several. */
    static final class AccountIsNamed extends AnyNestedCondition {

        AccountIsNamed() {
            super(ConfigurationPhase.REGISTER_BEAN);
        }

        @ConditionalOnProperty("kommo.base-url")
        static final class One {}

        @ConditionalOnProperty("catalog-drop.accounts")
        static final class Several {}
    }
}
