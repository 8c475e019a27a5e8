package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ContextServiceLoaderPluginResolver;
import org.apache.camel.support.service.ServiceSupport;
import org.catalogdrop.model.Action;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Element;
import org.catalogdrop.model.LoaderStatus;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.ResultsVerdict;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The component {@code catalog-drop:}, its options, and the headers of a call, which the {@code direct:} endpoints take too. */
@Timeout(60)
class ComponentTest {

    private static final long OTHER = 4221;

    @TempDir
    Path home;

    private final DefaultCamelContext host = new DefaultCamelContext();
    private Sandbox sandbox;

    @BeforeEach
    void host() throws Exception {
        sandbox = Sandbox.start(Loading.sandboxSettings());
        Properties own = new Properties();
        own.putAll(Loading.settings(home, sandbox.baseUrl()));
        host.getPropertiesComponent().setInitialProperties(own);
    }

    @AfterEach
    void end() throws Exception {
        host.close();
        sandbox.close();
    }

    private Object call(String endpoint, Object body, Map<String, Object> headers) {
        return host.createProducerTemplate().requestBodyAndHeaders(endpoint, body, headers);
    }

    private Summary load(String endpoint, Object body, Map<String, Object> headers) {
        return (Summary) call(endpoint, body, headers);
    }

    private List<String> names(long list) {
        return sandbox.store().elements(list).stream().map(StoredElement::name).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog-drop:load", "direct:catalog-load"})
    void given_one_map_when_it_is_loaded_then_it_is_one_row(String endpoint) throws Exception {
        host.start();

        Summary summary = load(endpoint, Map.of("name", "Pencil"), Map.of());

        assertThat(summary.rows()).isEqualTo(1);
        assertThat(names(Loading.LIST)).containsExactly("Pencil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog-drop:load", "direct:catalog-load"})
    void given_the_header_of_a_file_name_when_text_is_loaded_then_it_names_the_drop(String endpoint) throws Exception {
        host.start();

        Summary summary = load(endpoint, "name;x\nPencil;1\n", Map.of(Exchange.FILE_NAME, "shop/today.csv"));

        assertThat(summary.drop()).isEqualTo("today.csv");
        assertThat(names(Loading.LIST)).containsExactly("Pencil");
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog-drop:load", "direct:catalog-load"})
    void given_a_list_in_a_header_when_rows_are_loaded_then_they_go_there_and_the_same_rows_to_another_list_too(
            String endpoint) throws Exception {
        host.start();

        Summary other = load(endpoint, Map.of("name", "Pencil"), Map.of("CatalogId", OTHER));
        Summary same = load(endpoint, Map.of("name", "Pencil"), Map.of("CatalogId", OTHER));
        Summary first = load(endpoint, Map.of("name", "Pencil"), Map.of("CatalogId", Loading.LIST));
        Summary firstAgain = load(endpoint, Map.of("name", "Pencil"), Map.of("CatalogId", Loading.LIST));

        assertThat(other.count(Status.CREATED)).isEqualTo(1);
        assertThat(same.refusal()).get().extracting("code").isEqualTo(Code.ALREADY_LOADED);
        assertThat(first.count(Status.CREATED)).isEqualTo(1);
        assertThat(firstAgain.refusal()).get().extracting("code").isEqualTo(Code.ALREADY_LOADED);
        assertThat(names(OTHER)).containsExactly("Pencil");
        assertThat(names(Loading.LIST)).containsExactly("Pencil");
    }

    @Test
    void given_empty_options_when_rows_are_loaded_then_they_count_as_not_set() throws Exception {
        host.start();

        Summary summary = load("catalog-drop:load?list=&name=&mapping=&account=", Map.of("name", "Pencil"), Map.of());

        assertThat(summary.drop()).isEqualTo("rows.ndjson");
        assertThat(names(Loading.LIST)).containsExactly("Pencil");
    }

    @Test
    void given_options_of_the_endpoint_when_a_call_has_no_headers_then_they_hold_and_its_headers_win()
            throws Exception {
        mapping("shop.yaml", "drops: never-this-name.csv\naction: add\nname: Title\n");
        mapping("other.yaml", "drops: nor-this.csv\naction: add\nname: Other\n");
        String endpoint = "catalog-drop:load?list=" + OTHER + "&name=a.csv&mapping=shop.yaml&again=true";
        host.start();

        assertThat(load(endpoint, "Title,Other\nPencil,Ruler\n", Map.of()).drop())
                .isEqualTo("a.csv");
        load(endpoint, "Title,Other\nPencil,Ruler\n", Map.of());
        Summary byHeaders = load(
                endpoint,
                "Title,Other\nPencil,Ruler\n",
                Map.of("CatalogId", Loading.LIST, "CatalogDropName", "b.csv", "CatalogDropMapping", "other.yaml"));

        assertThat(names(OTHER)).containsExactly("Pencil", "Pencil");
        assertThat(byHeaders.drop()).isEqualTo("b.csv");
        assertThat(names(Loading.LIST)).containsExactly("Ruler");
    }

    private void mapping(String name, String content) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve(name), content);
    }

    @Test
    void given_a_mapping_that_is_not_there_when_a_call_names_it_then_the_drop_is_refused_with_those_that_are()
            throws Exception {
        mapping("shop.yaml", "drops: a.csv\naction: add\nname: Title\n");
        host.start();

        Summary summary = load("catalog-drop:load?mapping=shp.yaml&name=a.csv", "Title\nPencil\n", Map.of());

        assertThat(summary.refusal()).hasValueSatisfying(problem -> {
            assertThat(problem.code()).isEqualTo(Code.NO_MAPPING);
            assertThat(problem.message()).contains("shp.yaml").contains("shop.yaml");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog-drop:load", "direct:catalog-load"})
    void given_a_caller_that_wants_an_exception_when_its_drop_is_refused_then_it_gets_one(String endpoint)
            throws Exception {
        host.start();
        Map<String, Object> wish = Map.of("CatalogDropThrowOnRefusal", true, "CatalogDropName", "a.csv");

        assertThatThrownBy(() -> call(endpoint, "", wish))
                .hasRootCauseInstanceOf(DropRefused.class)
                .rootCause()
                .satisfies(refused ->
                        assertThat(((DropRefused) refused).problem().code()).isEqualTo(Code.EMPTY_DROP));
        assertThat(load(endpoint, "name\nPencil\n", wish).exitStatus()).isZero();
    }

    @Test
    void given_an_exchange_with_headers_when_it_goes_through_the_component_then_it_keeps_them() throws Exception {
        host.start();
        for (String operation : List.of("load", "plan", "list")) {
            Exchange answer = host.createProducerTemplate().request("catalog-drop:" + operation, exchange -> {
                exchange.getMessage().setHeader("mine", "stays");
                exchange.getMessage().setHeader("CatalogDropName", "a.csv");
                exchange.setVariable("catalog-load", "mine");
                exchange.getMessage().setBody("name\nPencil\n");
            });

            assertThat(answer.getException()).isNull();
            assertThat(answer.getMessage().getHeaders())
                    .containsEntry("mine", "stays")
                    .containsEntry("CatalogDropName", "a.csv");
            assertThat(answer.getVariable("catalog-load")).isEqualTo("mine");
        }
    }

    @Test
    void given_rows_when_they_are_planned_then_nothing_is_written_and_the_plan_shows_them() throws Exception {
        host.start();

        Plan plan = (Plan) call("catalog-drop:plan?list=" + OTHER, List.of(Map.of("name", "Pencil")), Map.of());

        assertThat(plan.byAction()).containsEntry(Action.ADD, 1L);
        assertThat(names(OTHER)).isEmpty();
    }

    @Test
    void given_a_list_in_an_option_when_it_is_read_then_its_elements_come() throws Exception {
        host.start();
        load("catalog-drop:load?list=" + OTHER, Map.of("name", "Pencil"), Map.of());

        List<?> elements = (List<?>) call("catalog-drop:list?list=" + OTHER, null, Map.of());

        assertThat(elements).singleElement().isInstanceOfSatisfying(Element.class, element -> assertThat(element.name())
                .isEqualTo("Pencil"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"catalog-drop:", "direct:catalog-"})
    void given_a_load_when_it_is_verified_and_undone_then_its_elements_are_gone_and_the_status_tells(String prefix)
            throws Exception {
        host.start();
        Path file = Files.writeString(home.resolve("a.csv"), "name\nPencil\nRuler\n");
        Summary load = load(prefix + "load", file, Map.of());

        ResultsVerdict verdict =
                (ResultsVerdict) call(prefix + "verify", load, Map.of("CatalogDropCheckAccount", true));
        Summary undo = load(prefix + "undo", load.folder(), Map.of("CatalogDropName", "other.csv"));
        ResultsVerdict after =
                (ResultsVerdict) call(prefix + "verify", load.folder(), Map.of("CatalogDropCheckAccount", true));
        LoaderStatus status = (LoaderStatus) call(prefix + "status", null, Map.of());

        assertThat(verdict.faults()).isEmpty();
        assertThat(verdict.accountChecked()).isTrue();
        assertThat(undo.count(Status.DELETED)).isEqualTo(2);
        assertThat(undo.drop()).isEqualTo(load.folder() + ".undo.csv");
        assertThat(after.faults()).singleElement().asString().contains("missing from the account");
        assertThat(names(Loading.LIST)).isEmpty();
        assertThat(status.drops())
                .extracting(LoaderStatus.KnownDrop::drop, LoaderStatus.KnownDrop::state)
                .containsExactly(tuple("a.csv", "done"), tuple(undo.drop(), "done"));
        assertThat(status.loading()).isEmpty();
        Summary nothing = load(prefix + "load", Map.of("name", ""), Map.of());
        assertThatThrownBy(() -> call(prefix + "undo", nothing, Map.of()))
                .rootCause()
                .isInstanceOf(DropRefused.class)
                .hasMessageContaining("nothing can be taken back");
    }

    @Test
    void given_a_stream_when_the_host_redelivers_then_it_is_known_to_be_empty() throws Exception {
        host.setStreamCaching(false);
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(defaultErrorHandler().maximumRedeliveries(1).redeliveryDelay(0));
                from("direct:mine").to("catalog-drop:load?list=9999&name=a.csv");
            }
        });
        host.start();
        ByteArrayInputStream stream = new ByteArrayInputStream("name\nPencil\n".getBytes(StandardCharsets.UTF_8));
        sandbox.faults().next(org.catalogdrop.sandbox.fault.Fault.named("402"), 4);

        assertThatThrownBy(() -> call("direct:mine", stream, Map.of()))
                .rootCause()
                .hasMessageContaining("was read already");
    }

    @Test
    void given_no_account_when_a_route_uses_the_component_then_the_start_fails_and_says_why() throws Exception {
        host.getPropertiesComponent().setInitialProperties(new Properties());
        host.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mine").to("catalog-drop:load");
            }
        });

        assertThatThrownBy(host::start)
                .hasStackTraceContaining("catalog-drop:")
                .hasStackTraceContaining("kommo.base-url is not set");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_a_jar_that_came_after_the_plugins_when_a_route_uses_the_component_then_it_is_installed(boolean started)
            throws Exception {
        host.getCamelContextExtension().addContextPlugin(ContextServiceLoaderPluginResolver.class, new NoPlugins());
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:mine").to("catalog-drop:load");
            }
        };
        if (started) {
            host.start();
            host.addRoutes(route);
        } else {
            host.addRoutes(route);
            host.start();
        }

        assertThat(load("direct:mine", new LinkedHashMap<>(Map.of("name", "Pencil")), Map.of())
                        .exitStatus())
                .isZero();
    }

    /** Finds no plugins. */
    private static final class NoPlugins extends ServiceSupport implements ContextServiceLoaderPluginResolver {

        private org.apache.camel.CamelContext context;

        @Override
        public org.apache.camel.CamelContext getCamelContext() {
            return context;
        }

        @Override
        public void setCamelContext(org.apache.camel.CamelContext context) {
            this.context = context;
        }
    }
}
