package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.CatalogField;
import org.catalogdrop.sandbox.store.CatalogList;
import org.catalogdrop.sandbox.store.FieldType;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A column, field or label is found by what a person sees of its name. */
class NamesThatLookAlikeTest {

    private static final long THINGS = 77;
    private static final CatalogList LIST = CatalogList.of(
            THINGS,
            "Things",
            CatalogField.of(901, "Vendor\u00A0code", FieldType.TEXT),
            CatalogField.of(902, "Color", FieldType.SELECT)
                    .withOption(1, "Bordeaux\u00A0\u00A0red")
                    .withOption(2, "Caf\u00E9"));

    @TempDir
    Path home;

    private Loading start(String mapping) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("m.yaml"), mapping);
        return Loading.start(home, Loading.sandboxSettings().withList(LIST));
    }

    private static List<String> values(Loading loading) {
        return loading.sandbox().store().elements(THINGS).stream()
                .map(NamesThatLookAlikeTest::told)
                .toList();
    }

    private static String told(StoredElement element) {
        StringBuilder told = new StringBuilder(element.name());
        element.fields().forEach(field -> field.values()
                .forEach(
                        value -> told.append(" ").append(field.id()).append("=").append(value.tag() + value.text())));
        return told.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name\u00A0,cf:4400049",
                "\u200Bname,cf:4400049",
                "name,\u00A0cf:4400049\u200B",
                "\u00A0Name\u00A0,CF:4400049"
            })
    void given_invisible_characters_in_standard_columns_when_loaded_then_the_columns_are_read(String header)
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("nbsp.csv", header + "\nCable,00123\n");
            assertThat(summary.count(Status.CREATED)).isEqualTo(1);
            assertThat(loading.stored().get(0).name()).isEqualTo("Cable");
            assertThat(loading.stored().get(0).fields()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u00A0SKU ,Product name,Farbe\n00123,Cable,Cafe\u0301\n",
                "SKU\uFEFF,\"Product\n name\",farbe\u200B\n00123,Cable,caf\u00E9\u00A0\n"
            })
    void given_invisible_characters_in_a_header_when_a_mapping_reads_it_then_names_are_found(String text)
            throws Exception {
        try (Loading loading = start("""
                drops: p*.csv
                catalog: Things
                action: add
                name: Product name
                fields:
                  - {field: Vendor code, column: SKU}
                  - {field: Color, column: Farbe, type: options}
                """)) {
            Summary summary = loading.load("p.csv", text);
            assertThat(summary.refusal()).isEmpty();
            assertThat(values(loading)).hasSize(1);
            assertThat(values(loading).get(0)).startsWith("Cable").contains("901=00123", "902=2");
        }
    }

    @Test
    void given_keys_of_json_that_look_the_same_when_loaded_then_values_inside_are_found() throws Exception {
        try (Loading loading = start("""
                drops: p*.json
                catalog: Things
                action: add
                name: "Produkt  name"
                fields:
                  - {field: "Vendor  code", column: price.vendor code}
                  - {field: Color, column: c, type: options, labels: {"rot  wein": Bordeaux red}}
                """)) {
            Summary summary = loading.load(
                    "p.json",
                    "[{\"Produkt\\u00a0name\":\"Cable\",\"price\\u200b\":{\"vendor\\u00a0code\":\"7\"},\"c\":\"Rot\\u00a0wein\"}]");
            assertThat(summary.refusal()).isEmpty();
            assertThat(values(loading)).hasSize(1);
            assertThat(values(loading).get(0)).startsWith("Cable").contains("901=7", "902=1");
        }
    }

    @Test
    void
            given_two_headers_that_look_the_same_when_loaded_then_the_drop_is_refused_and_the_message_shows_the_difference()
                    throws IOException, Exception {
        try (Loading loading = start("""
                drops: p*.csv
                catalog: Things
                action: add
                name: Product name
                """)) {
            Summary summary = loading.load("p.csv", "Product name,Product\u00A0name\nCable,Rope\n");
            assertThat(summary.refusal()).hasValueSatisfying(problem -> {
                assertThat(problem.code()).isEqualTo(Code.DOUBLE_HEADER);
                assertThat(problem.message()).contains("Product\\u00A0name");
            });
            assertThat(loading.posts()).isEmpty();
        }
    }

    @Test
    void given_a_column_that_is_missing_when_the_drop_is_refused_then_what_is_invisible_in_its_header_is_shown()
            throws Exception {
        try (Loading loading = start("""
                drops: p*.csv
                catalog: Things
                action: add
                name: Title
                """)) {
            assertThat(loading.load("p.csv", "Product\u00A0name,x\nCable,1\n").refusal())
                    .hasValueSatisfying(problem -> assertThat(problem.message()).contains("Product\\u00A0name"));
        }
    }
}
