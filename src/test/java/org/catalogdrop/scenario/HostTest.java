package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.http.base.HttpHeaderFilterStrategy;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.PooledProcessorExchangeFactory;
import org.catalogdrop.camel.Installation;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
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
import org.junit.jupiter.params.provider.ValueSource;

/** A host has settings, components and habits of its own; none of them may break the promise. */
@Timeout(60)
class HostTest {

    private static final String CSV = "name\nCafé\n";

    @TempDir
    Path home;

    private final DefaultCamelContext host = new DefaultCamelContext();
    private final List<Installation> installed = new ArrayList<>();
    private Sandbox sandbox;

    @BeforeEach
    void host() throws Exception {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        properties(home);
    }

    @AfterEach
    void end() throws Exception {
        host.close();
        installed.forEach(Installation::close);
        sandbox.close();
    }

    private void properties(Path folder, String... more) {
        Properties own = new Properties();
        own.putAll(Loading.settings(folder, sandbox.baseUrl(), more));
        host.getPropertiesComponent().setInitialProperties(own);
    }

    private Installation install() throws Exception {
        Installation drop = Installation.install(host);
        installed.add(drop);
        return drop;
    }

    private Summary load(Object body) {
        return host.createProducerTemplate()
                .requestBodyAndHeader("direct:catalog-load", body, "CatalogDropName", "drop.csv", Summary.class);
    }

    private List<String> names() {
        return sandbox.store().elements(Loading.LIST).stream()
                .map(StoredElement::name)
                .toList();
    }

    @Test
    void second_loader_in_a_context_is_refused_and_the_first_stays() throws Exception {
        install();
        properties(home.resolve("other"));
        assertThatThrownBy(this::install)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("already")
                .hasMessageContaining("another context");
        host.start();
        assertThat(load(CSV).exitStatus()).isZero();
        assertThat(home.resolve("other")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog-load", "catalog-list"})
    void route_of_the_host_is_not_replaced_by_one_with_the_same_id(String id) throws Exception {
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:of-the-host").routeId(id).log("mine");
            }
        });
        assertThatThrownBy(this::install)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[" + id + "]");
    }

    @Test
    void routes_of_the_host_with_plain_names_work_beside_ours() throws Exception {
        List<String> plain = List.of("inbox", "account", "rows", "look-up", "send-chunk", "get-page", "call-api");
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                plain.forEach(name -> from("direct:" + name).routeId(name).setBody(constant("the host's " + name)));
            }
        });
        install();
        host.start();
        assertThat(load(CSV).exitStatus()).isZero();
        assertThat(plain).allSatisfy(name -> assertThat(
                        host.createProducerTemplate().requestBody("direct:" + name, "", String.class))
                .isEqualTo("the host's " + name));
    }

    @Test
    void closed_loader_makes_room_for_another() throws Exception {
        host.start();
        install().close();
        install();
        assertThat(load(CSV).exitStatus()).isZero();
    }

    @Test
    void host_that_starts_all_routes_does_not_watch_the_inbox() throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("inbox")).resolve("drop.csv"), CSV);
        properties(home, "drop.settle=0s");
        host.setAutoStartup(false);
        install();
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // A poll of the same kind, begun later: when it has been at the file, the inbox has been too.
                from("file:" + home.resolve("inbox") + "?noop=true&delay=20&initialDelay=2000")
                        .to("seda:polled");
            }
        });
        host.start();
        host.getRouteController().startAllRoutes();
        assertThat(host.createConsumerTemplate().receive("seda:polled", 10_000)).isNotNull();
        assertThat(names()).isEmpty();
    }

    @Test
    void token_is_not_shown_by_the_hosts_tracer() throws Exception {
        Set<String> traced = ConcurrentHashMap.newKeySet();
        host.addRoutes(new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                routeConfiguration().intercept().process(exchange -> {
                    traced.add(exchange.getMessage().getHeaders().toString());
                    traced.add(exchange.getVariables().toString());
                });
            }
        });
        install();
        host.start();
        assertThat(load(CSV).exitStatus()).isZero();
        assertThat(traced).anyMatch(headers -> headers.contains("Authorization"));
        assertThat(traced).noneMatch(headers -> headers.contains(Loading.TOKEN));
    }

    @Test
    void headers_that_the_hosts_http_component_filters_are_sent() throws Exception {
        HttpComponent own = new HttpComponent();
        own.setSkipRequestHeaders(true);
        own.setSkipResponseHeaders(true);
        HttpHeaderFilterStrategy strict = new HttpHeaderFilterStrategy();
        strict.setLowerCase(true);
        strict.getOutFilter().addAll(Set.of("authorization", "accept"));
        strict.getInFilter().addAll(Set.of("retry-after", "location"));
        own.setHeaderFilterStrategy(strict);
        host.addComponent("http", own);
        install();
        host.start();
        assertThat(load(CSV).exitStatus()).isZero();
        sandbox.faults().next(Fault.named("307").say("https://elsewhere.example/"));
        assertThatThrownBy(() -> load("name\nother\n"))
                .hasRootCauseInstanceOf(RunHalted.class)
                .rootCause()
                .hasMessageContaining("https://elsewhere.example/");
    }

    @Test
    void consumed_stream_is_not_taken_for_an_empty_file() throws Exception {
        sandbox.faults().next(Fault.named("402"), 4);
        host.setStreamCaching(false);
        install();
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0));
                from("direct:of-the-host").to("direct:catalog-load");
            }
        });
        host.start();
        ByteArrayInputStream stream = new ByteArrayInputStream(CSV.getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> host.createProducerTemplate()
                        .requestBodyAndHeader("direct:of-the-host", stream, "CatalogDropName", "drop.csv"))
                .hasRootCauseInstanceOf(RunHalted.class)
                .rootCause()
                .hasMessageContaining("was read already");
    }

    @Test
    void given_caller_waiting_for_a_load_when_the_loader_is_closed_then_the_caller_gets_the_reason() throws Exception {
        properties(home, "kommo.chunk-size=1", "kommo.in-flight=1");
        Installation drop = install();
        host.start();
        sandbox.faults().always(Fault.named("delay").number(300));
        List<Throwable> told = new ArrayList<>();
        Thread caller = new Thread(() -> {
            try {
                load("name\n" + "x\n".repeat(100));
            } catch (CamelExecutionException failed) {
                told.add(failed.getCause());
            }
        });
        caller.start();
        while (sandbox.log().isEmpty()) {
            Thread.onSpinWait();
        }
        drop.close();
        caller.join();
        assertThat(told).singleElement().isInstanceOfSatisfying(RunHalted.class, halted -> assertThat(
                        halted.problem().code())
                .isEqualTo(Code.STOPPED));
    }

    @Test
    void context_that_is_stopped_and_started_loads_again() throws Exception {
        install();
        host.start();
        host.stop();
        host.start();
        assertThat(load(CSV).exitStatus()).isZero();
    }

    @Test
    void context_stopped_amid_a_load_and_started_resumes_the_inbox() throws Exception {
        Files.writeString(
                Files.createDirectories(home.resolve("inbox")).resolve("drop.csv"),
                "name\n" + String.join("\n", numbers(200)) + "\n");
        properties(home, "catalog-drop.watch=true", "drop.settle=0s", "kommo.chunk-size=1");
        sandbox.faults().always(Fault.named("delay").number(20));
        install();
        host.start();
        while (names().size() < 20) {
            Thread.onSpinWait();
        }
        host.stop();
        assertThat(home.resolve("inbox/drop.csv")).exists();
        host.start();
        while (Files.exists(home.resolve("inbox/drop.csv"))) {
            Thread.onSpinWait();
        }
        assertThat(names()).containsExactlyInAnyOrderElementsOf(numbers(200));
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(number -> "Item " + number).toList();
    }

    @Test
    void pooled_processor_exchanges_are_refused() throws Exception {
        host.getCamelContextExtension().setProcessorExchangeFactory(new PooledProcessorExchangeFactory());
        assertThatThrownBy(this::install)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("pooled");
    }
}
