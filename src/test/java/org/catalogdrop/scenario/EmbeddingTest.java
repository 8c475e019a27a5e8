package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.config.SettingsFault;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.catalogdrop.sandbox.store.StoredElement.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The loader inside somebody else's context, with that context's own properties. */
class EmbeddingTest extends InstalledHost {

    private static final String CSV = "name,cf:4400049\nCafé,1.10\n";

    private Summary load(Object body, Map<String, Object> headers) {
        return host.createProducerTemplate().requestBodyAndHeaders("direct:catalog-load", body, headers, Summary.class);
    }

    private void checkOneElement(Summary summary) {
        assertThat(summary.exitStatus()).isZero();
        assertThat(sandbox.store().elements(Loading.LIST))
                .extracting(StoredElement::name, StoredElement::fields)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("Café", List.of(Field.of(4400049, "1.10"))));
        assertThat(home.resolve("state/spool"))
                .satisfiesAnyOf(spool -> assertThat(spool).isEmptyDirectory(), spool -> assertThat(spool)
                        .doesNotExist());
    }

    @Test
    void host_can_load_text() {
        checkOneElement(load(CSV, Map.of("CatalogDropName", "drop.csv")));
    }

    @Test
    void host_can_load_text_whatever_the_charset_of_its_exchange() {
        Exchange answer = host.createProducerTemplate().request("direct:catalog-load", exchange -> {
            exchange.setProperty(Exchange.CHARSET_NAME, "ISO-8859-1");
            exchange.getMessage().setHeader("CatalogDropName", "drop.csv");
            exchange.getMessage().setBody(CSV);
        });
        checkOneElement(answer.getMessage().getBody(Summary.class));
    }

    @Test
    void host_can_load_a_stream() {
        checkOneElement(load(
                new ByteArrayInputStream(CSV.getBytes(StandardCharsets.UTF_8)), Map.of("CatalogDropName", "drop.csv")));
    }

    @Test
    void host_can_load_bytes() {
        checkOneElement(load(CSV.getBytes(StandardCharsets.UTF_8), Map.of("CatalogDropName", "drop.csv")));
    }

    @Test
    void host_can_load_a_file_without_a_header() throws Exception {
        Path file = Files.writeString(home.resolve("Drop of mine.csv"), CSV);
        Summary summary = load(file.toFile(), Map.of());
        checkOneElement(summary);
        assertThat(summary.folder()).startsWith("Drop of mine.csv-");
        assertThat(file).hasContent(CSV);
    }

    @Test
    void host_can_load_a_list_of_maps() {
        checkOneElement(load(List.of(Map.of("name", "Café", "cf:4400049", "1.10")), Map.of()));
    }

    @Test
    void host_can_load_dates_and_numbers_as_a_database_returns_them() {
        load(CSV, Map.of("CatalogDropName", "drop.csv"));
        long id = sandbox.store().elements(Loading.LIST).get(0).id();
        List<Function<Instant, Object>> kinds = List.of(
                moment -> moment,
                Date::from,
                Timestamp::from,
                moment -> moment.atZone(ZoneId.of("Europe/Kyiv")),
                moment -> moment.atOffset(ZoneOffset.ofHours(-3)));
        Instant moment = Instant.parse("2030-03-01T10:00:00Z");
        for (Function<Instant, Object> kind : kinds) {
            moment = moment.plusSeconds(1);
            Map<String, Object> row = new HashMap<>(Map.of("id", id, "name", "a", "updated_at", kind.apply(moment)));
            row.put("cf:4400051", new BigDecimal("12E+3"));
            row.put("cf:4400049", LocalDate.of(2026, 3, 1));
            assertThat(load(List.of(row), Map.of()).exitStatus()).isZero();
            StoredElement element = sandbox.store().elements(Loading.LIST).get(0);
            assertThat(element.updatedAt()).isEqualTo(moment.getEpochSecond());
            assertThat(element.fields())
                    .containsExactlyInAnyOrder(Field.of(4400051, "12000"), Field.of(4400049, "2026-03-01"));
        }
    }

    @Test
    void list_with_a_value_that_json_cannot_express_is_refused() {
        Summary summary = load(List.of(Map.of("name", "a"), Map.of("name", new Object())), Map.of());
        assertThat(summary.refusal().orElseThrow().code()).isEqualTo(Code.UNKNOWN_TYPE);
        assertThat(summary.refusal().orElseThrow().message()).startsWith("row 2 of the list");
        assertThat(sandbox.store().elements(Loading.LIST)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "//", "a\0b", "\ud800", "..", " "})
    void invalid_drop_name_is_refused(String name) {
        Summary summary = load(CSV, Map.of("CatalogDropName", name));
        assertThat(summary.refusal().orElseThrow().code()).isEqualTo(Code.UNKNOWN_TYPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b.csv", "\ud800.csv", "in/folders//drop.csv/"})
    void odd_drop_name_makes_a_valid_folder_name(String name) {
        Summary summary = load(CSV, Map.of("CatalogDropName", name));
        checkOneElement(summary);
        assertThat(home.resolve("outbox").resolve(summary.folder())).isDirectory();
    }

    @Test
    void file_given_as_the_drop_name_is_not_read() throws Exception {
        Path named = Files.writeString(home.resolve("name.csv"), "secret");
        Summary summary = load(CSV, Map.of("CatalogDropName", named));
        checkOneElement(summary);
        assertThat(summary.drop()).isEqualTo("name.csv");
    }

    @Test
    void body_of_another_type_is_refused_with_its_type() {
        Summary nameless = load(CSV, Map.of());
        assertThat(nameless.refusal().orElseThrow().code()).isEqualTo(Code.UNKNOWN_TYPE);
        Summary odd = load(new Object(), Map.of("CatalogDropName", "drop.csv"));
        assertThat(odd.refusal().orElseThrow().code()).isEqualTo(Code.UNKNOWN_TYPE);
        Summary nothing = load(null, Map.of("CatalogDropName", "drop.csv"));
        assertThat(nothing.exitStatus()).isEqualTo(4);
        // A refusal leaves nothing behind that keeps the next drop from loading.
        checkOneElement(load(CSV, Map.of("CatalogDropName", "drop.csv")));
    }

    @Test
    void drop_name_with_folders_stays_in_the_outbox() throws Exception {
        Summary summary = load(CSV, Map.of("CatalogDropName", "../../etc/drop.csv"));
        checkOneElement(summary);
        assertThat(home.resolve("outbox").resolve(summary.folder())).isDirectory();
        assertThat(summary.folder()).startsWith("drop.csv-");
    }

    @Test
    void load_called_from_a_route_of_the_host_returns_the_summary() throws Exception {
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:of-the-host")
                        .setHeader("CatalogDropName", constant("drop.csv"))
                        .to("direct:catalog-load")
                        .setBody(simple("${body.rows} rows, status ${body.exitStatus}"));
            }
        });
        assertThat(host.createProducerTemplate().requestBody("direct:of-the-host", CSV, String.class))
                .isEqualTo("1 rows, status 0");
    }

    @Test
    void two_callers_at_once_both_load() throws Exception {
        List<String> names = List.of("a", "b", "c", "d");
        List<Thread> callers = names.stream()
                .map(name -> new Thread(() -> load("name\n" + name + "\n", Map.of("CatalogDropName", name + ".csv"))))
                .toList();
        callers.forEach(Thread::start);
        for (Thread caller : callers) {
            caller.join();
        }
        assertThat(sandbox.store().elements(Loading.LIST))
                .extracting(StoredElement::name)
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void inbox_is_watched_only_if_the_host_asks_for_it() throws Exception {
        assertThat(host.getRoute("catalog-inbox")).isNull();
        assertThat(home.resolve("inbox")).doesNotExist();
    }

    @Test
    void health_and_metrics_appear_in_the_registries_of_the_host() throws Exception {
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            MeterRegistry meters = new SimpleMeterRegistry();
            meters.counter("of.the.host");
            other.getRegistry().bind("meters", meters);
            Properties own = new Properties();
            own.putAll(Loading.settings(home.resolve("other"), sandbox.baseUrl()));
            other.getPropertiesComponent().setInitialProperties(own);
            Installation inside = Installation.install(other);
            other.start();
            other.createProducerTemplate()
                    .requestBodyAndHeader("direct:catalog-load", CSV, "CatalogDropName", "drop.csv", Summary.class);

            assertThat(HealthCheckHelper.invoke(other, "full"))
                    .extracting(result -> result.getCheck().getId())
                    .containsExactlyInAnyOrder(
                            "catalog-drop-api",
                            "catalog-drop-block",
                            "catalog-drop-token",
                            "catalog-drop-disk",
                            "catalog-drop-journal",
                            "catalog-drop-inbox",
                            "catalog-drop-in-doubt");
            assertThat(HealthCheckHelper.invoke(other, "full"))
                    .allMatch(result -> result.getState() == HealthCheck.State.UP);
            assertThat(meters.get("catalog.drop.rows")
                            .tag("outcome", "created")
                            .functionCounter()
                            .count())
                    .isEqualTo(1);
            assertThat(meters.get("catalog.drop.request.duration")
                            .tag("method", "POST")
                            .timer()
                            .count())
                    .isEqualTo(1);
            inside.close();
            assertThat(HealthCheckHelper.invoke(other, "full")).isEmpty();
            assertThat(meters.getMeters())
                    .extracting(meter -> meter.getId().getName())
                    .containsExactly("of.the.host");
        }
    }

    @Test
    void all_faults_of_the_hosts_properties_are_reported() throws Exception {
        try (DefaultCamelContext other = new DefaultCamelContext()) {
            Properties bad = new Properties();
            bad.setProperty("kommo.base-url", "http://example.com");
            bad.setProperty("kommo.chunk-size", "0");
            other.getPropertiesComponent().setInitialProperties(bad);
            assertThatThrownBy(() -> Installation.install(other))
                    .isInstanceOf(SettingsFault.class)
                    .hasMessageContaining("kommo.base-url")
                    .hasMessageContaining("kommo.access-token")
                    .hasMessageContaining("kommo.chunk-size");
        }
    }
}
