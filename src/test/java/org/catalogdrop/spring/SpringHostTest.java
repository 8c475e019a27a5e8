package org.catalogdrop.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.impl.DefaultCamelContext;
import org.catalogdrop.config.SettingsFault;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

/** The beans that Spring Boot gets, in a context that has them as Spring's has. The profile runtimes starts a whole Spring Boot. */
@Timeout(60)
class SpringHostTest {

    /** More than any disk has. */
    private static final String DISK_TOO_SMALL = "drop.free-space=900000000GiB";

    @TempDir
    Path home;

    private final DefaultCamelContext host = new DefaultCamelContext();
    private final LoaderHealthIndicator indicator = new LoaderHealthIndicator();
    private Sandbox sandbox;

    @BeforeEach
    void open() throws Exception {
        sandbox = Sandbox.start(Loading.sandboxSettings());
    }

    @AfterEach
    void end() throws Exception {
        host.close();
        sandbox.close();
    }

    private void start(String... more) {
        Map<String, Object> settings = new LinkedHashMap<>(Loading.settings(home, sandbox.baseUrl(), more));
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("application", settings));
        host.getRegistry().bind("catalogDropSettings", new EnvironmentSettings(environment));
        host.getRegistry().bind("catalogDropHealthIndicator", indicator);
        host.start();
    }

    private Summary load() {
        return host.createProducerTemplate().requestBody("catalog-drop:load", Map.of("name", "Pencil"), Summary.class);
    }

    @Test
    void
            given_settings_in_springs_environment_when_the_context_starts_then_the_loader_has_them_and_is_shown_until_it_stops() {
        start();

        assertThat(load().exitStatus()).isZero();
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UP);
        assertThat(indicator.health().getDetails()).containsKeys("api", "block", "token", "disk", "journal");
        host.stop();
        assertThat(indicator.health().getStatus()).isEqualTo(Status.UNKNOWN);
    }

    @Test
    void given_trouble_when_health_is_asked_then_it_is_shown_but_is_none_of_the_application() {
        start(DISK_TOO_SMALL);
        load();

        assertThat(indicator.health().getStatus().getCode()).isEqualTo("TROUBLE");
        assertThat(indicator.health().getDetails().get("disk").toString()).contains("DOWN", "drop.free-space");
    }

    @Test
    void given_an_application_that_asks_for_it_when_nothing_can_be_loaded_then_it_is_down() {
        start(DISK_TOO_SMALL, "catalog-drop.readiness=true");
        load();

        assertThat(indicator.health().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void
            given_a_misspelt_setting_in_springs_environment_when_the_context_starts_then_the_start_fails_and_the_report_names_it() {
        assertThatThrownBy(() -> start("kommo.chunk-sise=3"))
                .hasRootCauseInstanceOf(SettingsFault.class)
                .satisfies(failure -> {
                    FailureAnalysis report = new SettingsFaultAnalyzer().analyze(failure);
                    assertThat(report.getDescription())
                            .contains("kommo.chunk-sise", "the environment of Spring", "kommo.chunk-size");
                    assertThat(report.getAction()).contains("docs/settings.md");
                });
    }

    @ParameterizedTest
    @CsvSource({"kommo.base-url, true", "catalog-drop.accounts, true", "other, false"})
    void given_one_account_or_several_when_spring_makes_its_beans_then_health_is_one_of_them(
            String property, boolean shown) {
        try (AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext()) {
            beans.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource("application", Map.of(property, "x")));
            beans.register(CatalogDropAutoConfiguration.Actuator.class);
            beans.refresh();

            assertThat(beans.getBeansOfType(LoaderHealthIndicator.class)).hasSize(shown ? 1 : 0);
        }
    }

    @Test
    void given_several_meter_registries_when_the_context_starts_then_the_metrics_are_in_the_one_that_hands_them_on() {
        SimpleMeterRegistry one = new SimpleMeterRegistry();
        CompositeMeterRegistry all = new CompositeMeterRegistry();
        all.add(one);
        host.getRegistry().bind("one", one);
        host.getRegistry().bind("other", new SimpleMeterRegistry());
        host.getRegistry().bind("all", all);

        start();

        assertThat(one.find("catalog.drop.in.flight").gauge()).isNotNull();
    }
}
