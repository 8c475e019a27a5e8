package org.catalogdrop.mapping.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.catalogdrop.mapping.Accounts;
import org.catalogdrop.mapping.MappingFile;
import org.catalogdrop.mapping.NameSearch;
import org.catalogdrop.mapping.rule.Empty;
import org.catalogdrop.mapping.value.ValueType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds docs/mapping.md, the JSON Schema and the sample to the code. */
class MappingDocTest {

    private static final Map<Section, String> HEADINGS = Map.of(
            Section.FILE, "The file",
            Section.ACTION, "Action",
            Section.SOURCE, "A column, constant or template",
            Section.MOMENT, "Updated_at",
            Section.FIELD, "Field",
            Section.DEFAULTS, "Defaults",
            Section.SKIP, "Rows to skip",
            Section.CSV, "Csv");

    private static JsonNode schema() throws IOException {
        return new ObjectMapper()
                .readTree(Path.of("mappings/mapping.schema.json").toFile())
                .path("$defs");
    }

    private static List<String> firstCells(String heading) throws IOException {
        return Files.readAllLines(Path.of("docs/mapping.md")).stream()
                .dropWhile(line -> !line.equals("## " + heading))
                .skip(1)
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.substring(3, line.indexOf('`', 3)))
                .toList();
    }

    private static List<String> words(JsonNode values) {
        List<String> words = new ArrayList<>();
        values.forEach(value -> words.add(value.asText()));
        return words;
    }

    @ParameterizedTest
    @EnumSource
    void the_schema_and_the_page_have_the_keys_of_each_section(Section section) throws IOException {
        JsonNode object = schema().path(section.name());
        List<String> inSchema = new ArrayList<>();
        object.path("properties").fieldNames().forEachRemaining(inSchema::add);
        assertThat(inSchema).containsExactlyInAnyOrderElementsOf(section.keys());
        assertThat(object.path("additionalProperties").asBoolean(true)).isFalse();
        assertThat(firstCells(HEADINGS.get(section))).containsExactlyElementsOf(section.keys());
    }

    @Test
    void the_schema_has_no_other_sections_than_the_code() throws IOException {
        List<String> names = new ArrayList<>();
        schema().fieldNames().forEachRemaining(names::add);
        assertThat(names).hasSize(Section.values().length);
    }

    @Test
    void the_types_are_the_same_everywhere() throws IOException {
        JsonNode field = schema().path("FIELD").path("properties");
        assertThat(words(field.path("type").path("enum"))).isEqualTo(ValueType.words());
        assertThat(words(field.path("empty").path("enum"))).isEqualTo(Empty.words());
        assertThat(firstCells("Type")).isEqualTo(ValueType.words());
    }

    @Test
    void the_sample_reads_as_it_says() throws Exception {
        MappingFile sample = MappingParser.parse(
                "example-erp.yaml", Files.readAllBytes(Path.of("mappings/example-erp.yaml.sample")));
        assertThat(sample.drops().fits("Example-ERP-2024.CSV.gz")).isTrue();
        assertThat(sample.drops().fits("products.csv")).isFalse();
        assertThat(sample.columns()).contains("Artikelnummer", "Marke");
        assertThat(NameSearch.find(sample, Accounts.sample(), OptionalLong.empty())
                        .account())
                .isEqualTo("1");
    }
}
