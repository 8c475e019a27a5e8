package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.impl.DefaultCamelContext;
import org.catalogdrop.CatalogDropConstants;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several accounts in one host: settings with a prefix for each, a state and a rate for each. */
@Timeout(60)
class HostAccountsTest {

    @TempDir
    Path home;

    private final DefaultCamelContext host = new DefaultCamelContext();
    private Sandbox lviv;
    private Sandbox odesa;

    @BeforeEach
    void sandboxes() throws Exception {
        lviv = Sandbox.start(Loading.sandboxSettings());
        odesa = Sandbox.start(Loading.sandboxSettings());
    }

    @AfterEach
    void end() throws Exception {
        host.close();
        lviv.close();
        odesa.close();
    }

    private void properties(String... more) {
        Properties own = new Properties();
        own.putAll(Loading.settings(home, "http://127.0.0.1:1"));
        own.remove("kommo.base-url");
        own.remove("kommo.access-token");
        own.setProperty("catalog-drop.accounts", "lviv, odesa");
        own.setProperty("catalog-drop.lviv.kommo.base-url", lviv.baseUrl());
        own.setProperty("catalog-drop.lviv.kommo.accessToken", Loading.TOKEN);
        own.setProperty("catalog-drop.odesa.kommo.baseUrl", odesa.baseUrl());
        own.setProperty("catalog-drop.odesa.kommo.access-token", Loading.TOKEN);
        for (String one : more) {
            own.setProperty(one.substring(0, one.indexOf('=')), one.substring(one.indexOf('=') + 1));
        }
        host.getPropertiesComponent().setInitialProperties(own);
    }

    private Summary load(String endpoint, String name, Map<String, Object> headers) {
        return (Summary) host.createProducerTemplate().requestBodyAndHeaders(endpoint, Map.of("name", name), headers);
    }

    private static List<String> names(Sandbox account) {
        return account.store().elements(Loading.LIST).stream()
                .map(StoredElement::name)
                .toList();
    }

    @Test
    void given_two_accounts_when_calls_name_one_then_each_row_goes_to_its_account() throws Exception {
        properties();
        host.start();

        Summary summary = load("catalog-drop:load?account=lviv", "Pencil", Map.of());
        load("catalog-drop:load", "Ruler", Map.of(CatalogDropConstants.ACCOUNT, "odesa"));
        load(
                "catalog-drop:load?account=lviv",
                "Ruler",
                Map.of(CatalogDropConstants.ACCOUNT, "odesa", "CatalogDropAgain", true));

        assertThat(names(lviv)).containsExactly("Pencil");
        assertThat(names(odesa)).containsExactly("Ruler", "Ruler");
        assertThat(host.getTypeConverter().convertTo(String.class, summary)).contains("\"drop\": \"rows.ndjson\"");
        assertThat(home.resolve("lviv/outbox")).isNotEmptyDirectory();
        assertThat(home.resolve("odesa/state")).isNotEmptyDirectory();
        assertThat(home.resolve("state/catalog-drop.db")).doesNotExist();
    }

    @Test
    void given_two_accounts_when_a_call_names_none_or_another_then_it_fails_at_once_with_their_names()
            throws Exception {
        properties();
        host.start();

        assertThatThrownBy(() -> load("catalog-drop:load", "Pencil", Map.of()))
                .rootCause()
                .hasMessageContaining("lviv, odesa");
        assertThatThrownBy(() -> load("catalog-drop:load?account=kyiv", "Pencil", Map.of()))
                .rootCause()
                .hasMessageContaining("there is no account 'kyiv'")
                .hasMessageContaining("lviv, odesa");
    }

    @Test
    void given_an_account_without_a_name_beside_others_when_a_call_names_none_then_it_is_loaded() throws Exception {
        try (Sandbox own = Sandbox.start(Loading.sandboxSettings())) {
            properties("kommo.base-url=" + own.baseUrl(), "kommo.access-token=" + Loading.TOKEN);
            host.start();

            load("catalog-drop:load", "Own", Map.of());
            load("catalog-drop:load?account=odesa", "Ruler", Map.of());

            assertThat(names(own)).containsExactly("Own");
            assertThat(names(odesa)).containsExactly("Ruler");
        }
    }

    @Test
    void given_two_names_of_one_kommo_account_when_the_host_starts_then_it_fails_and_names_both() {
        properties("catalog-drop.odesa.kommo.baseUrl=" + lviv.baseUrl() + "/");

        assertThatThrownBy(host::start)
                .hasStackTraceContaining("catalog-drop.lviv.kommo.base-url")
                .hasStackTraceContaining("it is that of the account odesa")
                .hasStackTraceContaining("it is that of the account lviv");
    }

    @Test
    void given_an_account_without_a_name_beside_others_when_it_loads_then_prometheus_has_the_metrics_of_all()
            throws Exception {
        try (Sandbox own = Sandbox.start(Loading.sandboxSettings())) {
            properties("kommo.base-url=" + own.baseUrl(), "kommo.access-token=" + Loading.TOKEN);
            PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            host.getRegistry().bind("meters", MeterRegistry.class, meters);
            host.start();

            load("catalog-drop:load", "Own", Map.of());
            load("catalog-drop:load?account=odesa", "Ruler", Map.of());

            for (String account : List.of("", "lviv", "odesa")) {
                assertThat(meters.scrape())
                        .contains("catalog_drop_rows_total{account=\"" + account + "\",outcome=\"created\"}"
                                + (account.equals("lviv") ? " 0.0" : " 1.0"));
            }
        }
    }

    @Test
    void given_faults_in_several_accounts_when_the_host_starts_then_it_fails_with_all_of_them() {
        properties(
                "catalog-drop.accounts=lviv,odesa,kyiv",
                "catalog-drop.lviv.kommo.chunk-size=501",
                "catalog-drop.odesa.kommo.acces-token=x",
                "catalog-drop.kyiv.kommo.catalog-id=1");

        assertThatThrownBy(host::start)
                .hasStackTraceContaining("catalog-drop.lviv.kommo.chunk-size = '501'")
                .hasStackTraceContaining("catalog-drop.odesa.kommo.acces-token: unknown setting; did you mean"
                        + " catalog-drop.odesa.kommo.access-token?")
                .hasStackTraceContaining("catalog-drop.kyiv.kommo.base-url is not set");
    }

    @Test
    void given_two_accounts_with_one_folder_when_the_host_starts_then_it_fails_and_names_both() {
        properties("catalog-drop.odesa.drop.state=" + home.resolve("lviv/state"));

        assertThatThrownBy(host::start).hasStackTraceContaining("lviv").hasStackTraceContaining("odesa");
    }

    @Test
    void given_an_account_in_trouble_when_another_loads_then_it_is_not_held() throws Exception {
        properties();
        host.getRegistry().bind("meters", MeterRegistry.class, new SimpleMeterRegistry());
        host.start();
        lviv.faults().always(Fault.named("402"));
        assertThatThrownBy(() -> load("catalog-drop:load?account=lviv", "Pencil", Map.of()))
                .isNotNull();

        assertThat(load("catalog-drop:load?account=odesa", "Ruler", Map.of()).exitStatus())
                .isZero();
        assertThat(HealthCheckRegistry.get(host).getCheck("catalog-drop-odesa-api"))
                .isPresent();
        assertThat(host.getRegistry()
                        .findSingleByType(MeterRegistry.class)
                        .find("catalog.drop.rows")
                        .tag("account", "odesa")
                        .meters())
                .isNotEmpty();
    }

    @Test
    void given_a_route_for_ended_drops_when_an_account_has_loaded_then_it_hears_of_it() throws Exception {
        properties("catalog-drop.watch=true");
        Files.writeString(Files.createDirectories(home.resolve("odesa/inbox")).resolve("a.csv"), "name\nPencil\n");
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from(CatalogDropConstants.FINISHED).to("seda:ended");
            }
        });
        host.start();

        var ended = host.createConsumerTemplate().receive("seda:ended", 20_000);

        assertThat(ended.getMessage().getHeader(CatalogDropConstants.ACCOUNT)).isEqualTo("odesa");
        assertThat(ended.getMessage().getBody(Summary.class).drop()).isEqualTo("a.csv");
    }

    @Test
    void given_a_host_that_stops_when_it_starts_again_then_its_accounts_load_again() throws Exception {
        properties("catalog-drop.watch=true");
        host.start();
        load("catalog-drop:load?account=odesa", "Pencil", Map.of());
        host.stop();
        host.start();

        load("catalog-drop:load?account=odesa", "Ruler", Map.of());

        assertThat(names(odesa)).containsExactly("Pencil", "Ruler");
    }
}
