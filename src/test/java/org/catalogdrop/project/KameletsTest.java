package org.catalogdrop.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Kamelets are well formed, are in the jar, and set options that the component has. The profile runtimes runs one. */
class KameletsTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{\\??([a-zA-Z]+)}}");

    private static JsonNode component() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("src/main/resources/META-INF/org/catalogdrop/camel/component/catalog-drop.json")
                        .toFile());
    }

    @ParameterizedTest
    @CsvSource({"kommo-catalog-sink, sink, load", "kommo-catalog-source, source, list"})
    void given_a_kamelet_when_it_is_read_then_its_properties_are_used_and_its_options_are_those_of_the_component(
            String name, String type, String operation) throws IOException {
        Path file = Path.of("kamelets", name + ".kamelet.yaml");
        JsonNode kamelet = new YAMLMapper().readTree(file.toFile());

        assertThat(getClass().getResource("/kamelets/" + file.getFileName())).isNotNull();
        assertThat(kamelet.at("/kind").asText()).isEqualTo("Kamelet");
        assertThat(kamelet.at("/metadata/name").asText()).isEqualTo(name);
        assertThat(kamelet.at("/metadata/labels/camel.apache.org~1kamelet.type").asText())
                .isEqualTo(type);
        assertThat(PLACEHOLDER
                        .matcher(kamelet.at("/spec/template").toString())
                        .results()
                        .map((MatchResult one) -> one.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        () -> kamelet.at("/spec/definition/properties").fieldNames());
        assertThat(kamelet.at("/spec/definition/properties"))
                .as("a default, without which an environment variable of the same name is taken")
                .allSatisfy(property -> assertThat(property.has("default")).isTrue());
        JsonNode call = kamelet.at("/spec/template/from/steps/0/to");
        assertThat(call.get("uri").asText()).isEqualTo("catalog-drop:" + operation);
        assertThat(component().get("properties").properties())
                .extracting(Map.Entry::getKey)
                .containsAll(() -> call.get("parameters").fieldNames());
        String version = Files.readString(Path.of("pom.xml")).replaceFirst("(?s).*?<version>([^<]+)<.*", "$1");
        assertThat(kamelet.at("/spec/dependencies").toString()).contains("mvn:org.catalogdrop:catalog-drop:" + version);
    }
}
