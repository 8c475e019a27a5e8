package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.model.Plan;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.CatalogField;
import org.catalogdrop.sandbox.store.CatalogList;
import org.catalogdrop.sandbox.store.FieldType;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What spreadsheets do to texts when they save a file. */
class SpreadsheetTextTest {

    private static final String MAPPING = """
            drops: p*
            action: add
            name: {template: "{Product}"}
            fields:
              - {field: 4400049, column: EAN}
            """;

    @TempDir
    Path home;

    private void mapping(String text) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("p.yaml"), text);
    }

    private static List<String> values(Loading loading) {
        return loading.stored().stream().map(SpreadsheetTextTest::told).toList();
    }

    private static String told(StoredElement element) {
        return element.name() + " "
                + element.fields().stream()
                        .flatMap(field -> field.values().stream())
                        .map(value -> value.text() + value.tag())
                        .toList();
    }

    @Test
    void given_texts_in_a_formula_when_loaded_then_the_text_is_sent_and_an_apostrophe_is_reported() throws Exception {
        String drop =
                "name,cf:4400049\nCable,=\"00123\"\nPlug,\"=\"\"00124\"\"\"\nRope,'00125\n\"=\"\"5\"\"\"\" nail\"\"\",=\"a\"&B1\n";
        try (Loading loading = Loading.start(home)) {
            Path file = Files.writeString(home.resolve("shop.csv"), drop);
            Plan plan = loading.context().createProducerTemplate().requestBody("direct:catalog-plan", file, Plan.class);
            assertThat(plan.remarks()).hasSize(1);
            assertThat(plan.remarks().get(0)).contains("cf:4400049 (''00125' in row 3)");
            loading.load(file);
            assertThat(values(loading))
                    .containsExactly("Cable [00123]", "Plug [00124]", "Rope ['00125]", "5\" nail [=\"a\"&B1]");
        }
    }

    @Test
    void given_digits_after_an_equals_sign_when_loaded_then_the_digits_are_sent() throws Exception {
        mapping(MAPPING.replace("action: add", "action: upsert\nkey: EAN"));
        try (Loading loading = Loading.start(home)) {
            loading.load("p1.csv", "Product;EAN\nPen;=4006381333932\nInk;=007\nPad;=1+1\nCap;=A1\n");
            Summary again = loading.load("p2.csv", "Product;EAN\nPen;4006381333932\nInk;007\n");
            assertThat(values(loading)).containsExactly("Pen [4006381333932]", "Ink [007]", "Pad [=1+1]", "Cap [=A1]");
            assertThat(loading.outbox(again).outcomes()).containsOnly("unchanged");
        }
    }

    @Test
    void given_an_account_that_has_digits_after_an_equals_sign_when_its_list_is_read_and_dropped_then_nothing_changes()
            throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            loading.sandbox().store().put(Loading.LIST, "A", List.of(StoredElement.Field.of(4400049, "=5")));
            long id = loading.stored().get(0).id();
            Summary change = loading.load("b.csv", "id,name,cf:4400049\n" + id + ",A,6\n");
            loading.load(home.resolve("outbox").resolve(change.folder()).resolve("undo.csv"));
            assertThat(values(loading)).containsExactly("A [=5]");
        }
    }

    @Test
    void given_a_mapping_when_texts_are_in_formulas_then_they_are_unwrapped_in_keys_and_templates() throws Exception {
        mapping(MAPPING.replace("action: add", "action: upsert\nkey: EAN"));
        try (Loading loading = Loading.start(home)) {
            loading.load("p1.csv", "Product;EAN\n=\"007\";=\"00123\"\n");
            Summary again = loading.load("p2.csv", "Product;EAN\n007;00123\n");
            assertThat(values(loading)).containsExactly("007 [00123]");
            assertThat(loading.outbox(again).outcomes()).containsExactly("unchanged");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"action: add", "action: upsert\nkey: EAN"})
    void given_numbers_of_which_a_spreadsheet_lost_digits_when_loaded_then_the_rows_are_rejected(String action)
            throws Exception {
        mapping(MAPPING.replace("action: add", action));
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load(
                    "p.csv", "Product;EAN\nPen;4,00638E+12\nPencil;4.00638E+12\nMarker;4006381333931\n4E+12;1\n");
            assertThat(loading.outbox(summary).codes())
                    .containsExactly("lost_digits", "lost_digits", "", "lost_digits");
            assertThat(loading.outbox(summary).lines().get(0).get("message"))
                    .contains("column 'EAN' has '4,00638E+12'", "last digits are lost", "as text");
            assertThat(values(loading)).containsExactly("Marker [4006381333931]");
        }
    }

    @ParameterizedTest
    @CsvSource({"4.00638E+12,lost_digits", "1E5,''", "1e+05,''", "1.234567E+06,''", "12E+05,''", "E+12,''"})
    void given_standard_columns_when_a_text_looks_shortened_then_it_is_rejected_only_if_it_must_be(
            String text, String code) throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("a.csv", "name,cf:4400049\nPen," + text + "\n");
            assertThat(loading.outbox(summary).codes()).containsExactly(code);
        }
    }

    @Test
    void given_a_value_that_looks_shortened_in_the_account_when_an_undo_speaks_of_it_then_it_is_taken_as_it_is()
            throws Exception {
        try (Loading loading = Loading.start(home, "drop.undo=full")) {
            loading.load(
                    "a.json",
                    "[{\"name\":\"A\",\"custom_fields\":[{\"id\":4400049,\"values\":[{\"value\":\"4.1E+12\"}]}]}]");
            long id = loading.stored().get(0).id();
            Summary change = loading.load("b.csv", "id,name,cf:4400049\n" + id + ",A,5\n");
            Summary undo =
                    loading.load(home.resolve("outbox").resolve(change.folder()).resolve("undo.csv"));
            assertThat(loading.outbox(undo).outcomes()).containsExactly("updated");
            assertThat(values(loading)).containsExactly("A [4.1E+12]");
        }
    }

    @Test
    void given_labels_as_people_write_them_when_loaded_then_each_option_is_chosen_once() throws Exception {
        mapping("""
                drops: p*
                catalog: Things
                action: add
                name: n
                fields:
                  - {field: Colors, column: c, type: options, separator: ","}
                  - {field: One, column: o, type: options, separator: ","}
                """);
        CatalogList things = CatalogList.of(
                77,
                "Things",
                CatalogField.of(901, "Colors", FieldType.MULTISELECT)
                        .withOption(1, "Red")
                        .withOption(2, "Blue"),
                CatalogField.of(902, "One", FieldType.SELECT)
                        .withOption(3, "Red")
                        .withOption(4, "Blue"));
        try (Loading loading = Loading.start(home, Loading.sandboxSettings().withList(things))) {
            Summary summary = loading.load(
                    "p.csv", "n;c;o\na;RED , blue,;red\nb;\"Red,Blue\";red, RED\nc;pink;\nd;red,red;\ne;;red,blue\n");
            assertThat(loading.outbox(summary).codes()).containsExactly("", "", "unknown_option", "", "bad_field");
            assertThat(loading.sandbox().store().elements(77).stream()
                            .map(element -> element.name()
                                    + element.fields().stream()
                                            .map(field -> field.values().stream()
                                                    .map(value -> value.tag())
                                                    .toList())
                                            .toList()))
                    .containsExactly("a[[1, 2], [3]]", "b[[1, 2], [3]]", "d[[1]]");
        }
    }

    @Test
    void given_an_option_id_twice_in_standard_columns_when_loaded_then_it_is_sent_once() throws Exception {
        try (Loading loading = Loading.start(home)) {
            CatalogField colors = CatalogList.samples().stream()
                    .filter(list -> list.id() == Loading.LIST)
                    .flatMap(list -> list.fields().stream())
                    .filter(field -> field.type() == FieldType.MULTISELECT)
                    .findFirst()
                    .orElseThrow();
            long option = colors.options().keySet().iterator().next();
            loading.load("a.csv", "name,cf:%d:enum\nA,%d|%d\n".formatted(colors.id(), option, option));
            assertThat(loading.stored().get(0).fields().get(0).values()).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "4.006381333931E12;write 4006381333931, if that is all of it",
                "4,006381333931E+12;write 4006381333931, if that is all of it",
                "4.006381333931e12;write 4006381333931, if that is all of it",
                "4.00638133393E12;the whole number",
                "4.00638e+12;the whole number",
                "'=\"4,00638E+12\"';the whole number",
                "1E5;",
                "12E05;",
                "1.2E3;",
                "1.5E-05;",
                "4E12;",
            })
    void given_numbers_in_exponent_form_when_they_are_texts_then_long_ones_are_rejected(String text, String message)
            throws Exception {
        mapping(MAPPING.replace("drops: p*", "drops: m*"));
        String cell = '"' + text.replace("\"", "\"\"") + '"';
        try (Loading loading = Loading.start(home)) {
            for (Summary summary : List.of(
                    loading.load("a.csv", "name,cf:4400049\nPen," + cell + "\n"),
                    loading.load("b.csv", "name\n" + cell + "\n"),
                    loading.load("m.csv", "Product,EAN\nPen," + cell + "\n"))) {
                assertThat(loading.outbox(summary).codes()).containsExactly(message == null ? "" : "lost_digits");
                assertThat(loading.outbox(summary).lines().get(0).get("message"))
                        .contains(message == null ? "" : message);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "4,006381333931E+12;4006381333931",
                "1,5E-05;0.000015",
                "-1,2345e3;-1234.5",
                "4,00638E+12;",
                "1E5;",
                "1.5E1;"
            })
    void given_numbers_in_exponent_form_when_they_are_numbers_then_those_with_all_digits_are_sent(
            String text, String sent) throws Exception {
        mapping(MAPPING.replace(
                "{field: 4400049, column: EAN}", "{field: 4400050, column: EAN, type: number, decimal: \",\"}"));
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("p.csv", "Product;EAN\nPen;" + text + "\n");
            assertThat(loading.outbox(summary).codes()).containsExactly(sent == null ? "bad_number" : "");
            assertThat(values(loading)).isEqualTo(sent == null ? List.of() : List.of("Pen [" + sent + "]"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"name: Product", "key: Product\nname: Product"})
    void given_a_number_in_json_when_it_is_a_key_then_it_is_the_key_of_the_workbook_and_the_csv(String key)
            throws Exception {
        boolean named = key.startsWith("key");
        mapping("drops: p*\naction: upsert\n%s\nfields:\n  - {field: 4400049, column: EAN}\n"
                .formatted(named ? key : "key: EAN\n" + key));
        String[] numbers = {"4.006381333931E12", "12.50", "1E2", "-0.0", "7.0", "12345678901234567890", "\"12.50\""};
        String[] texts = {"4006381333931", "12.5", "100", "0", "7", "12345678901234567890", "12.50"};
        try (Loading loading = Loading.start(home)) {
            StringBuilder csv = new StringBuilder("Product;EAN\n");
            StringBuilder json = new StringBuilder();
            for (int i = 0; i < numbers.length; i++) {
                csv.append(named ? texts[i] + ";x\n" : "x;" + texts[i] + "\n");
                json.append(json.isEmpty() ? "[" : ",")
                        .append((named ? "{\"Product\":%s,\"EAN\":\"x\"}" : "{\"Product\":\"x\",\"EAN\":%s}")
                                .formatted(numbers[i]));
            }
            loading.load("p.csv", csv.toString());
            Path file = Files.writeString(home.resolve("p.json"), json + "]");
            Plan plan = loading.context().createProducerTemplate().requestBody("direct:catalog-plan", file, Plan.class);
            assertThat(plan.remarks())
                    .singleElement()
                    .asString()
                    .contains("'4.006381333931E12' in row 1 is the key '4006381333931'");
            Summary summary = loading.load(file);
            assertThat(loading.outbox(summary).outcomes()).containsOnly("unchanged");
            assertThat(loading.outbox(summary).lines().stream().map(line -> line.get("key")))
                    .containsExactly(texts);
        }
    }

    @Test
    void given_a_number_in_json_that_lacks_digits_when_it_is_a_text_a_name_or_a_key_then_it_is_rejected()
            throws Exception {
        String rows = "[{\"Product\":\"A\",\"EAN\":4.00638E+12},{\"Product\":\"B\",\"EAN\":[4.00638e12]},"
                + "{\"Product\":4.00638E+12,\"EAN\":1},{\"Product\":4.006381333931E12,\"EAN\":4.006381333931E12},"
                + "{\"Product\":\"C\",\"EAN\":1.10},{\"Product\":\"D\",\"EAN\":1E5}]";
        mapping(MAPPING);
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("p.json", rows);
            assertThat(loading.outbox(summary).codes())
                    .containsExactly("lost_digits", "lost_digits", "lost_digits", "", "", "");
            assertThat(loading.outbox(summary).lines().get(0).get("message"))
                    .contains("column 'EAN' has the number 4.00638E+12", "all its digits");
            assertThat(values(loading)).containsExactly("4006381333931 [4006381333931]", "C [1.10]", "D [1E5]");
        }
    }

    @Test
    void given_a_number_in_json_when_it_is_for_a_number_or_a_standard_column_then_it_is_taken_as_before()
            throws Exception {
        mapping(MAPPING.replace("{field: 4400049, column: EAN}", "{field: 4400050, column: EAN, type: number}"));
        try (Loading loading = Loading.start(home)) {
            assertThat(loading.load("p.json", "[{\"Product\":\"A\",\"EAN\":1.5E7}]")
                            .exitStatus())
                    .isZero();
            Summary names = loading.load(
                    "a.json",
                    "[{\"name\":1.10,\"cf:4400049\":1.5E7},{\"name\":4.00638E+12,\"cf:4400049\":1},"
                            + "{\"name\":4.006381333931E12,\"cf:4400049\":1.10}]");
            assertThat(loading.outbox(names).codes()).containsExactly("", "lost_digits", "");
            assertThat(values(loading)).containsExactly("A [15000000]", "1.10 [1.5E7]", "4006381333931 [1.10]");
        }
    }
}
