package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Validates the routes against the schema with which YAML editors check Camel files. */
class RouteSchemaTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Schema CAMEL = camel();

    private static Schema camel() {
        try (InputStream schema = RouteSchemaTest.class.getResourceAsStream("/schema/camelYamlDsl.json")) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_4)
                    .getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> routes() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    static List<String> faults(JsonNode routes) {
        return CAMEL.validate(routes).stream().map(Object::toString).toList();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void a_route_file_is_valid(Path file) throws IOException {
        assertThat(faults(YAML.readTree(file.toFile()))).isEmpty();
    }

    @Test
    void a_quoted_boolean_is_a_fault() throws IOException {
        String route = Files.readString(Path.of("routes/load.camel.yaml"))
                .replaceFirst("streamCache: false", "streamCache: \"false\"");

        assertThat(faults(YAML.readTree(route))).singleElement().asString().contains("streamCache");
    }
}
