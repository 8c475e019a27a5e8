package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.catalogdrop.input.Book;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Words of a mapping file match the numbers, dates and booleans of workbooks and JSON that mean the same value. */
class TypedWordsTest {

    private static final String TRUE = "<c t=\"b\"><v>1</v></c>";
    private static final String FALSE = "<c t=\"b\"><v>0</v></c>";
    private static final String LAST_DAY = "<c s=\"2\"><v>2958465</v></c>";
    private static final String FIRST_DAY = "<c s=\"2\"><v>1</v></c>";

    @TempDir
    Path home;

    private Loading mapped(String mapping) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("d.yaml"), mapping);
        return Loading.start(home);
    }

    private static String text(String text) {
        return "<c t=\"str\"><v>" + text + "</v></c>";
    }

    private static byte[] book(String... rows) {
        return Book.of("<row>" + String.join("</row><row>", rows) + "</row>").bytes();
    }

    private static byte[] json(String... rows) {
        return ("[" + String.join(",", rows) + "]").getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "true,            kept gone kept kept kept",
        "TRUE,            kept gone kept kept kept",
        "1,               kept gone kept kept kept",
        "ja,              kept gone kept kept kept",
        "'0,00',          kept kept kept kept gone",
        "31.12.9999,      kept kept gone kept kept",
        "9999-12-31,      kept kept gone kept kept",
        "01.01.1900,      kept kept kept gone kept",
        "9999-*,          kept kept gone kept kept",
    })
    void given_a_word_of_skip_rows_when_a_workbook_is_loaded_then_it_skips_the_cell_that_means_it(
            String word, String expected) throws Exception {
        String mapping = """
                drops: d*
                action: add
                name: Name
                skip_rows: [{column: State, words: "%s"}]
                defaults: {pattern: dd.MM.yyyy, decimal: ",", true_words: [ja, wahr]}
                """.formatted(word);
        try (Loading loading = mapped(mapping)) {
            Summary summary = loading.load(
                    "d.xlsx",
                    book(
                            text("Name") + text("State"),
                            text("a") + FALSE,
                            text("b") + TRUE,
                            text("c") + LAST_DAY,
                            text("d") + FIRST_DAY,
                            text("e") + "<c><v>0</v></c>"));
            assertThat(loading.outbox(summary).outcomes().stream()
                            .map(outcome -> outcome.equals("skipped") ? "gone" : "kept")
                            .toList())
                    .containsExactly(expected.split(" ", 0));
        }
    }

    @Test
    void given_a_pattern_of_a_field_alone_when_its_column_skips_rows_then_the_word_is_read_by_it() throws Exception {
        String mapping = """
                drops: d*
                action: add
                name: Name
                skip_rows: [{column: Until, words: "12/31/9999"}]
                fields: [{field: 4400091, column: Until, type: date, pattern: MM/dd/yyyy}]
                """;
        try (Loading loading = mapped(mapping)) {
            Summary summary = loading.load("d.xlsx", book(text("Name") + text("Until"), text("a") + LAST_DAY));
            assertThat(loading.outbox(summary).outcomes()).containsExactly("skipped");
        }
    }

    @Test
    void given_words_for_actions_when_booleans_are_loaded_then_they_have_the_action_of_their_word() throws Exception {
        String mapping = """
                drops: d*
                action: {column: Gone, words: {"true": delete, "2.0": update}, otherwise: add}
                id: Id
                name: Name
                """;
        try (Loading loading = mapped(mapping)) {
            loading.load(
                    "d.xlsx", book(text("Name") + text("Gone") + text("Id"), text("a") + FALSE, text("b") + FALSE));
            assertThat(loading.names()).containsExactly("a", "b");
            long first = loading.stored().get(0).id();
            Summary book = loading.load(
                    "d2.xlsx",
                    book(text("Name") + text("Gone") + text("Id"), text("") + TRUE + "<c><v>" + first + "</v></c>"));
            assertThat(loading.outbox(book).outcomes()).containsExactly("deleted");
            long second = loading.stored().get(0).id();
            Summary json = loading.load("d3.json", json("{\"Name\":\"c\",\"Gone\":2,\"Id\":%d}".formatted(second)));
            assertThat(loading.outbox(json).outcomes()).containsExactly("updated");
            assertThat(loading.names()).containsExactly("c");
        }
    }

    @Test
    void given_words_for_nothing_when_typed_cells_are_loaded_then_those_that_mean_them_are_empty() throws Exception {
        String mapping = """
                drops: d*
                action: add
                name: Name
                fields:
                  - {field: 4400091, column: Since, empty_words: "01.01.1900", pattern: dd.MM.yyyy, type: date}
                  - {field: 4400051, column: Price, empty_words: "0,00", decimal: ",", type: number}
                """;
        try (Loading loading = mapped(mapping)) {
            loading.load(
                    "d.xlsx",
                    book(
                            text("Name") + text("Since") + text("Price"),
                            text("a") + FIRST_DAY + "<c><v>0</v></c>",
                            text("b") + LAST_DAY + "<c><v>5</v></c>"));
            loading.load("d.json", json("{\"Name\":\"c\",\"Since\":null,\"Price\":0.000}"));
            assertThat(loading.stored())
                    .extracting(element -> element.fields().size())
                    .containsExactly(0, 2, 0);
        }
    }

    @Test
    void given_labels_and_words_for_yes_when_typed_cells_are_loaded_then_the_word_that_means_them_counts()
            throws Exception {
        String mapping = """
                drops: d*
                action: add
                name: Name
                fields:
                  - {field: Colour, column: Colour, type: options, labels: {"TRUE": Red, "2": Green, "2024-01-01": Red}}
                  - {field: Available, column: There, type: boolean, true_words: ["2"]}
                """;
        try (Loading loading = mapped(mapping)) {
            Summary book = loading.load(
                    "d.xlsx",
                    book(
                            text("Name") + text("Colour") + text("There"),
                            text("a") + TRUE + "<c><v>2</v></c>",
                            text("b") + "<c s=\"2\"><v>45292</v></c>" + FALSE));
            Summary json = loading.load(
                    "d.json",
                    json(
                            "{\"Name\":\"c\",\"Colour\":2.0,\"There\":2.0}",
                            "{\"Name\":\"d\",\"Colour\":true,\"There\":true}",
                            "{\"Name\":\"e\",\"Colour\":-2,\"There\":true}"));
            assertThat(loading.outbox(book).codes()).containsExactly("", "");
            assertThat(loading.outbox(json).codes()).containsExactly("", "", "unknown_option");
            assertThat(loading.stored())
                    .extracting(TypedWordsTest::values)
                    .containsExactly("3692601 1", "3692601 0", "3692602 1", "3692601 1");
        }
    }

    private static String values(StoredElement element) {
        return element.fields().stream()
                .map(field ->
                        field.values().get(0).text() + field.values().get(0).tag())
                .collect(Collectors.joining(" "));
    }
}
