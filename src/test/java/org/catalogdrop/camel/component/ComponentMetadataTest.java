package org.catalogdrop.camel.component;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.catalog.RuntimeCamelCatalog;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.PluginHelper;
import org.catalogdrop.CatalogDropConstants;
import org.junit.jupiter.api.Test;

/** What designers read of the component (catalog-drop.json) is what its code does. */
class ComponentMetadataTest {

    private static JsonNode metadata() throws IOException {
        try (InputStream json = CatalogDropEndpoint.class.getResourceAsStream(
                "/META-INF/org/catalogdrop/camel/component/catalog-drop.json")) {
            return new ObjectMapper().readTree(json);
        }
    }

    private static List<Field> options() {
        return Stream.of(CatalogDropEndpoint.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(UriParam.class) || field.isAnnotationPresent(UriPath.class))
                .toList();
    }

    private static Map<String, JsonNode> children(JsonNode parent) {
        Map<String, JsonNode> children = new TreeMap<>();
        parent.properties().forEach(child -> children.put(child.getKey(), child.getValue()));
        return children;
    }

    @Test
    void given_the_options_of_the_endpoint_when_they_are_compared_then_the_metadata_has_the_same() throws Exception {
        Map<String, JsonNode> described = children(metadata().get("properties"));
        described.remove("lazyStartProducer");

        assertThat(described.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        options().stream().map(Field::getName).toList());
        for (Field field : options()) {
            JsonNode option = described.get(field.getName());
            UriParam param = field.getAnnotation(UriParam.class);
            assertThat(option.get("description").asText())
                    .isEqualTo(
                            param == null ? field.getAnnotation(UriPath.class).description() : param.description());
            assertThat(option.get("javaType").asText())
                    .isEqualTo(field.getType().getName());
            assertThat(option.path("defaultValue").asText()).isEqualTo(param == null ? "" : param.defaultValue());
        }
    }

    @Test
    void given_the_operations_when_they_are_compared_then_the_metadata_has_the_same_and_each_is_a_route()
            throws Exception {
        List<String> described = new ArrayList<>();
        metadata().get("properties").get("operation").get("enum").forEach(one -> described.add(one.asText()));
        List<String> files = new ArrayList<>();
        try (Stream<Path> routes = Files.list(Path.of("routes"))) {
            for (Path route : routes.toList()) {
                files.add(Files.readString(route));
            }
        }

        assertThat(described)
                .isEqualTo(Arrays.stream(CatalogDropOperation.values())
                        .map(Enum::name)
                        .toList())
                .allSatisfy(operation -> assertThat(files)
                        .anyMatch(file -> file.contains("name: catalog-" + operation + "}")
                                || file.contains("value: catalog-" + operation + "}")));
    }

    @Test
    void given_the_headers_of_the_host_api_when_they_are_compared_then_the_metadata_has_the_same() throws Exception {
        Map<String, String> constants = new TreeMap<>();
        for (Field field : CatalogDropConstants.class.getDeclaredFields()) {
            if (Modifier.isPublic(field.getModifiers()) && field.isAnnotationPresent(Metadata.class)) {
                constants.put(
                        (String) field.get(null),
                        field.getAnnotation(Metadata.class).description());
            }
        }
        Map<String, String> described = new TreeMap<>();
        children(metadata().get("headers"))
                .forEach((name, header) ->
                        described.put(name, header.get("description").asText()));

        assertThat(described).isEqualTo(constants);
    }

    @Test
    void given_the_generated_configurer_and_uri_factory_when_they_are_compared_then_they_know_all_options()
            throws Exception {
        TreeSet<String> names =
                new TreeSet<>(options().stream().map(Field::getName).toList());
        names.add("lazyStartProducer");

        assertThat(new CatalogDropEndpointUriFactory().propertyNames()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(names.stream().filter(name -> !name.equals("operation")))
                .allSatisfy(name -> assertThat(new CatalogDropEndpointConfigurer().getOptionType(name, false))
                        .isNotNull());
    }

    @Test
    void given_the_catalog_of_camel_when_it_is_asked_for_the_component_then_it_finds_the_metadata() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();

            assertThat(context.getComponent("catalog-drop")).isInstanceOf(CatalogDropComponent.class);
            assertThat(context.getComponentParameterJsonSchema("catalog-drop")).contains("throwOnRefusal");
        }
    }

    @Test
    void
            given_the_runtime_catalog_of_camel_when_it_checks_uris_of_the_component_then_it_knows_all_options_and_no_others()
                    throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            context.start();
            RuntimeCamelCatalog catalog = PluginHelper.getRuntimeCamelCatalog(context.getCamelContextExtension());

            assertThat(catalog.endpointProperties("catalog-drop:load?list=4220&throwOnRefusal=true"))
                    .containsEntry("operation", "load")
                    .containsEntry("list", "4220");
            assertThat(catalog.asEndpointUri("catalog-drop", Map.of("operation", "list", "account", "lviv"), false))
                    .isEqualTo("catalog-drop:list?account=lviv");
            assertThat(catalog.validateProperties("catalog-drop", Map.of("operation", "undo", "again", "true"))
                            .isSuccess())
                    .isTrue();
            EndpointValidationResult wrong = catalog.validateProperties(
                    "catalog-drop", Map.of("operation", "lod", "lst", "4220", "again", "perhaps"));
            assertThat(wrong.getUnknown()).containsExactly("lst");
            assertThat(wrong.getInvalidEnum()).containsKey("operation");
            assertThat(wrong.getInvalidBoolean()).containsKey("again");
        }
    }

    @Test
    void given_the_version_of_the_project_when_it_is_compared_then_the_metadata_has_the_same() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));

        assertThat(pom)
                .contains("<artifactId>catalog-drop</artifactId>\n  <version>"
                        + metadata().get("component").get("version").asText() + "</version>");
    }
}
