package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.properties.DefaultPropertiesParser;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.component.properties.PropertiesLookup;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultContextReloadStrategy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.RouteWatcherReloadStrategy;
import org.catalogdrop.CatalogDrop;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.SettingsFault;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A host with the jar on its class path and the settings among its properties needs no code. */
@Timeout(60)
class SelfInstallationTest {

    @TempDir
    Path home;

    private final DefaultCamelContext host = new DefaultCamelContext();
    private Sandbox sandbox;

    @BeforeEach
    void sandbox() throws Exception {
        sandbox = Sandbox.start(Loading.sandboxSettings());
    }

    @AfterEach
    void end() throws Exception {
        host.close();
        sandbox.close();
    }

    private Properties settings(String... more) {
        Properties own = new Properties();
        own.putAll(Loading.settings(home, sandbox.baseUrl(), more));
        return own;
    }

    private void properties(String... more) {
        host.getPropertiesComponent().setInitialProperties(settings(more));
    }

    private static void callLoad(CamelContext context) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mine").routeId("mine").to("direct:catalog-load");
            }
        });
    }

    private static Summary load(CamelContext context, String name) {
        return context.createProducerTemplate()
                .requestBody("direct:mine", List.of(Map.of("name", name)), Summary.class);
    }

    private List<String> names() {
        return sandbox.store().elements(Loading.LIST).stream()
                .map(StoredElement::name)
                .toList();
    }

    @Test
    void given_settings_among_the_properties_when_the_host_starts_then_its_route_loads() throws Exception {
        properties();
        callLoad(host);

        host.start();

        assertThat(load(host, "Pencil").exitStatus()).isZero();
        assertThat(names()).containsExactly("Pencil");
    }

    @Test
    void given_no_account_when_the_host_starts_then_it_has_nothing_of_ours() throws Exception {
        host.start();

        assertThat(host.getRoutes()).isEmpty();
        assertThat(Installation.in(host)).isEmpty();
        assertThat(host.getRegistry().lookupByName("catalog-loads")).isNull();
    }

    @Test
    void given_a_wrong_setting_when_the_host_starts_then_the_start_fails_and_names_it() {
        properties("kommo.chunk-size=501", "kommo.in-flight=none");

        assertThatThrownBy(host::start)
                .hasStackTraceContaining("kommo.chunk-size = '501'")
                .hasStackTraceContaining("kommo.in-flight = 'none'");
        assertThat(host.isStarted()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "kommo.requests-per-secnd, kommo.requests-per-second",
        "kommo.acces-token, kommo.access-token",
        "drop.inbx, drop.inbox",
        "drop.onReject1, drop.on-reject"
    })
    void given_a_misspelt_name_when_the_host_starts_then_the_start_fails_and_suggests_the_right_one(
            String misspelt, String right) {
        properties(misspelt + "=1");

        assertThatThrownBy(host::start).hasStackTraceContaining(misspelt + ": unknown setting; did you mean " + right);
    }

    @Test
    void given_names_of_the_hosts_own_that_resemble_no_setting_when_it_starts_then_they_are_ignored() {
        properties("drop.tables=true", "kommo.webhook.secret=1");

        assertThatCode(host::start).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kommo.baseUrl", "kommo.base_url", "KOMMO_BASE_URL", "kommo.BaseUrl", "kommo.base.url"})
    void given_a_relaxed_name_when_the_host_starts_then_it_binds(String name) throws Exception {
        Properties own = settings();
        own.setProperty(name.replace("KOMMO_", "KOMMO."), (String) own.remove("kommo.base-url"));
        host.getPropertiesComponent().setInitialProperties(own);
        callLoad(host);

        host.start();

        assertThat(load(host, "Pencil").exitStatus()).isZero();
    }

    @Test
    void given_the_loader_has_installed_itself_when_the_host_installs_it_then_the_host_gets_the_same_one()
            throws Exception {
        properties();
        callLoad(host);
        host.start();
        Installation there = Installation.in(host).orElseThrow();

        CatalogDrop drop = CatalogDrop.install(host);
        assertThat(Installation.in(host)).containsSame(there);
        assertThat(load(host, "Pencil").exitStatus()).isZero();
        drop.close();

        assertThat(Installation.in(host)).isEmpty();
    }

    @Test
    void given_the_host_has_installed_the_loader_when_the_context_starts_then_it_is_not_installed_again()
            throws Exception {
        properties();
        callLoad(host);
        Installation mine = Installation.install(host);

        host.start();

        assertThat(Installation.in(host)).containsSame(mine);
        assertThat(load(host, "Pencil").exitStatus()).isZero();
        host.stop();
        mine.close();
    }

    /** As {@code camel export} does. */
    private static final class ExportedProperties extends DefaultPropertiesParser {

        @Override
        public String parseProperty(String key, String value, PropertiesLookup properties) {
            return value == null ? "@@CamelMagicValue@@" : value;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://127.0.0.1:1", "https://{{env:SHOP}}.kommo.com"})
    void given_the_placeholders_of_an_export_when_the_context_starts_then_nothing_is_installed(String baseUrl)
            throws Exception {
        Properties own = settings();
        if (baseUrl.isEmpty()) {
            own.remove("kommo.base-url");
        } else {
            own.setProperty("kommo.base-url", baseUrl);
        }
        host.getPropertiesComponent().setInitialProperties(own);
        ((PropertiesComponent) host.getPropertiesComponent()).setPropertiesParser(new ExportedProperties());
        callLoad(host);

        host.start();

        assertThat(Installation.in(host)).isEmpty();
        assertThat(home).isEmptyDirectory();
    }

    @Test
    void given_a_route_that_loads_and_no_account_when_the_host_starts_then_the_start_fails_and_says_why()
            throws Exception {
        callLoad(host);

        assertThatThrownBy(host::start)
                .hasStackTraceContaining("route mine calls direct:catalog-load")
                .hasStackTraceContaining("kommo.base-url is not set");
    }

    @Test
    void given_an_account_that_names_an_unknown_property_when_the_host_starts_then_the_start_fails_and_says_so()
            throws Exception {
        properties("kommo.base-url={{address.of.kommo}}");
        callLoad(host);

        assertThatThrownBy(host::start)
                .hasStackTraceContaining("kommo.base-url = '{{address.of.kommo}}' names a property that is not set");
    }

    @Test
    void given_a_stand_in_of_the_hosts_tests_for_our_route_when_the_host_starts_then_it_is_used() throws Exception {
        callLoad(host);
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:catalog-load").setBody(constant("stand-in"));
            }
        });

        host.start();

        assertThat(host.createProducerTemplate().requestBody("direct:mine", "", String.class))
                .isEqualTo("stand-in");
    }

    @Test
    void given_a_context_that_has_stopped_when_another_one_starts_then_the_folders_are_free() throws Exception {
        properties("catalog-drop.watch=true");
        callLoad(host);
        host.start();
        load(host, "Pencil");
        host.stop();

        try (DefaultCamelContext other = new DefaultCamelContext()) {
            other.getPropertiesComponent().setInitialProperties(settings("catalog-drop.watch=true"));
            callLoad(other);
            other.start();

            assertThat(load(other, "Ruler").exitStatus()).isZero();
        }

        assertThat(names()).containsExactlyInAnyOrder("Pencil", "Ruler");
    }

    @Test
    void given_a_context_that_was_stopped_when_it_starts_again_then_it_loads_with_the_settings_of_now()
            throws Exception {
        properties("catalog-drop.watch=true");
        callLoad(host);
        host.start();
        load(host, "Pencil");
        host.stop();
        sandbox.close();
        sandbox = Sandbox.start(Loading.sandboxSettings());
        properties("catalog-drop.watch=true");

        host.start();

        assertThat(load(host, "Ruler").exitStatus()).isZero();
        assertThat(names()).containsExactly("Ruler");
    }

    @Test
    void given_routes_that_are_reloaded_when_one_of_them_has_changed_then_it_still_loads() throws Exception {
        properties();
        Path file = home.resolve("mine.camel.yaml");
        Files.writeString(file, route("first"));
        RouteWatcherReloadStrategy reload = new RouteWatcherReloadStrategy();
        host.addService(reload);
        PluginHelper.getRoutesLoader(host)
                .loadRoutes(PluginHelper.getResourceLoader(host).resolveResource("file:" + file));
        host.start();
        load(host, "Pencil");

        for (String next : List.of("second", "third")) {
            Files.writeString(file, route(next));
            reload.getResourceReload()
                    .onReload(
                            file.getFileName().toString(),
                            PluginHelper.getResourceLoader(host).resolveResource("file:" + file));

            assertThat(load(host, "Ruler " + next).drop()).isEqualTo(next + ".ndjson");
        }

        assertThat(names()).containsExactlyInAnyOrder("Pencil", "Ruler second", "Ruler third");
    }

    @Test
    void given_a_load_under_way_when_routes_are_reloaded_then_it_ends_at_once_and_resumes_and_each_row_is_there_once()
            throws Exception {
        properties("kommo.chunk-size=2", "kommo.in-flight=2");
        Path file = home.resolve("mine.camel.yaml");
        Files.writeString(file, route("first"));
        RouteWatcherReloadStrategy reload = new RouteWatcherReloadStrategy();
        host.addService(reload);
        PluginHelper.getRoutesLoader(host)
                .loadRoutes(PluginHelper.getResourceLoader(host).resolveResource("file:" + file));
        host.start();
        sandbox.faults().always(Fault.named("delay").number(50));
        List<Map<String, Object>> rows = IntStream.range(0, 60)
                .mapToObj(number -> Map.<String, Object>of("name", "Pencil " + number))
                .toList();
        CompletableFuture<Summary> load =
                host.createProducerTemplate().asyncRequestBody("direct:mine", rows, Summary.class);
        while (sandbox.store().count(Loading.LIST) < 10) {
            assertThat(load).isNotDone();
            Thread.onSpinWait();
        }

        Files.writeString(file, route("second"));
        reload.getResourceReload()
                .onReload(
                        file.getFileName().toString(),
                        PluginHelper.getResourceLoader(host).resolveResource("file:" + file));

        assertThatThrownBy(() -> load.get(10, TimeUnit.SECONDS))
                .hasStackTraceContaining("the routes of the application are being reloaded. Call again to resume.");
        Summary summary = host.createProducerTemplate().requestBody("direct:mine", rows, Summary.class);
        assertThat(summary.count(Status.CREATED)).isEqualTo(60);
        assertThat(names()).hasSize(60).doesNotHaveDuplicates();
        assertThat(load(host, "Ruler").drop()).isEqualTo("second.ndjson");
    }

    private static String route(String drop) {
        return """
                - route:
                    id: mine
                    from:
                      uri: direct:mine
                      steps:
                        - setHeader: {name: CatalogDropName, constant: %s.ndjson}
                        - to: direct:catalog-load
                - route:
                    id: other
                    from:
                      uri: direct:other
                      steps:
                        - to: direct:catalog-list
                """.formatted(drop);
    }

    @Test
    void given_a_context_that_reloads_all_its_routes_when_it_has_reloaded_then_it_still_loads() throws Exception {
        properties();
        DefaultContextReloadStrategy reload = new DefaultContextReloadStrategy();
        host.addService(reload);
        callLoad(host);
        host.start();
        load(host, "Pencil");

        reload.onReload("test");

        assertThat(load(host, "Ruler").exitStatus()).isZero();
        assertThat((List<?>) host.createProducerTemplate().requestBody("direct:catalog-list", (Object) null))
                .hasSize(2);
    }

    @Test
    void given_a_wrong_setting_when_the_host_installs_before_the_start_then_the_fault_is_thrown_there() {
        properties("kommo.chunk-size=501");

        assertThatThrownBy(() -> CatalogDrop.install(host)).isInstanceOf(SettingsFault.class);
    }
}
