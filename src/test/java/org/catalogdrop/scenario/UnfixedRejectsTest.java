package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.scenario.Night.drop;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.input.Book;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RejectMark;
import org.catalogdrop.model.Status;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of rejected rows that are dropped again as they are. */
class UnfixedRejectsTest {

    @TempDir
    Path home;

    private static String rejects(Loading loading, Summary summary, String ending) throws Exception {
        return Files.readString(loading.outbox(summary).rejects(ending));
    }

    @Test
    void given_two_rows_of_one_key_when_the_rejects_are_dropped_as_they_are_then_no_element_is_overwritten()
            throws Exception {
        Night.mapping(home, "");
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "A;Other;2", "B;Bee;3"));
            assertThat(first.count(Status.REJECTED)).isEqualTo(1);
            String rejects = rejects(loading, first, "csv");

            Summary again = loading.load("night1-rejects.csv", rejects);
            assertThat(again.count(Status.REJECTED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("Ant", "Bee");
            assertThat(rejects(loading, again, "csv")).isEqualTo(rejects);

            Summary fixed = loading.load("night2-rejects.csv", rejects.replace("A;Other", "C;Other"));
            assertThat(fixed.count(Status.CREATED)).isEqualTo(1);
            Summary decided = loading.load("night3-rejects.csv", rejects.replace("double_key", ""));
            assertThat(decided.count(Status.UPDATED)).isEqualTo(1);
            assertThat(loading.names()).containsExactlyInAnyOrder("Other", "Bee", "Other");
        }
    }

    @Test
    void given_a_double_key_when_another_cell_of_the_reject_is_changed_then_it_stays_rejected() throws Exception {
        Night.mapping(home, "");
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("night1.csv", drop("A;Ant;1", "A;Other;2"));
            String rejects = rejects(loading, first, "csv");

            Summary again = loading.load("night1-rejects.csv", rejects.replace("Other;2", "Other;3"));
            assertThat(loading.outbox(again).codes()).containsExactly("double_key");
            assertThat(loading.names()).containsExactly("Ant");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "<c t='e'><v>#N/A</v></c>, bad_cell",
        "<c><v>4006381333931123456</v></c>, bad_cell",
        "<c><f>A1*2</f><v/></c>, bad_cell",
        "<c/>, merged_cell",
    })
    void given_two_faults_in_a_workbook_when_one_is_fixed_in_the_rejects_then_the_other_rejects_the_row_again(
            String damaged, String code) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("d.yaml"), """
                drops: ["d*", "rejects*"]
                action: add
                name: Name
                fields:
                  - {field: 4400049, column: SKU}
                  - {field: 4400091, column: Since, type: date, pattern: dd.MM.yyyy}
                  - {field: 4400051, column: Price, type: number}
                """);
        String rows = "<row>" + cell("Name") + cell("SKU") + cell("Since") + cell("Price") + cell("Margin") + "</row>"
                + "<row>" + cell("good") + cell("S1") + cell("01.02.2024") + cell("1") + cell("x") + "</row><row>"
                + cell("bad") + damaged.replace('\'', '"') + cell("31.02.2024")
                + "<c t=\"e\"><v>#DIV/0!</v></c><c t=\"e\"><v>#REF!</v></c></row>";
        Book book = Book.of(rows);
        if (code.equals("merged_cell")) {
            book.part(
                    "xl/worksheets/sheet1.xml",
                    Book.sheet(rows)
                            .replace(
                                    "</sheetData>",
                                    "</sheetData><mergeCells count=\"1\"><mergeCell ref=\"B2:B3\"/></mergeCells>"));
        }
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("d.xlsx", book.bytes());
            assertThat(loading.outbox(first).codes()).containsExactly("", code);

            RejectsBook rejects =
                    RejectsBook.of(loading.outbox(first).rejects("xlsx")).type(1, "Since", "28.02.2024");
            Summary again = loading.load("rejects1.xlsx", rejects.bytes());
            assertThat(loading.outbox(again).lines().get(0))
                    .containsEntry("code", code)
                    .containsEntry("column", "SKU");

            rejects = RejectsBook.of(loading.outbox(again).rejects("xlsx")).type(1, "SKU", "S2");
            again = loading.load("rejects2.xlsx", rejects.bytes());
            assertThat(loading.outbox(again).lines().get(0))
                    .containsEntry("code", "bad_cell")
                    .containsEntry("column", "Price");
            assertThat(loading.outbox(again).lines().get(0).get("message")).contains("empty its cell _code");

            rejects = RejectsBook.of(loading.outbox(again).rejects("xlsx")).typeNumber(1, "Price", "5");
            assertThat(loading.load("rejects3.xlsx", rejects.bytes()).exitStatus())
                    .isZero();
            assertThat(loading.names()).containsExactly("good", "bad");
        }
    }

    @Test
    void given_rows_of_too_few_and_too_many_cells_when_another_cell_is_changed_then_they_stay_rejected()
            throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load("first.csv", "name,cf:4400049,cf:4400051\nAnt,1\nBolt, long,2,3\nCat,3,4\n");
            assertThat(loading.outbox(first).codes()).containsExactly("ragged_row", "ragged_row", "");
            String rejects = rejects(loading, first, "csv");

            Summary again =
                    loading.load("again.csv", rejects.replace("Ant,", "Ape,").replace("Bolt,", "Bolts,"));
            assertThat(loading.outbox(again).codes()).containsExactly("ragged_row", "ragged_row");
            assertThat(loading.names()).containsExactly("Cat");
            Summary still = loading.load("still.csv", rejects(loading, again, "csv"));
            assertThat(loading.outbox(still).codes()).containsExactly("ragged_row", "ragged_row");

            Summary fixed = loading.load(
                    "fixed.csv",
                    rejects(loading, still, "csv")
                            .replace("Ape,1,,", "Ape,1,7,")
                            .replaceFirst("Bolts,[^,]*,2,", "\"Bolts, long\",2,3,"));
            assertThat(loading.outbox(fixed).codes()).containsExactly("", "");
            assertThat(loading.names()).containsExactly("Cat", "Ape", "Bolts, long");
        }
    }

    private static String cell(String text) {
        return "<c t=\"str\"><v>" + text + "</v></c>";
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "ndjson"})
    void given_a_double_request_id_in_json_when_the_rejects_are_dropped_as_they_are_then_nothing_is_added(String ending)
            throws Exception {
        String rows = "{\"name\":\"a\",\"request_id\":7},\n{\"name\":\"b\",\"request_id\":7}";
        try (Loading loading = Loading.start(home)) {
            Summary first = loading.load(
                    "first." + ending, ending.equals("json") ? "[" + rows + "]" : rows.replace(",\n", "\n"));
            assertThat(first.count(Status.REJECTED)).isEqualTo(1);
            String rejects = rejects(loading, first, ending);

            Summary again = loading.load("again." + ending, rejects);
            assertThat(again.count(Status.REJECTED)).isEqualTo(1);
            assertThat(loading.names()).containsExactly("a");

            loading.load("fixed." + ending, rejects.replace("\"request_id\":7", "\"request_id\":8"));
            assertThat(loading.names()).containsExactly("a", "b");
        }
    }

    @ParameterizedTest
    @EnumSource
    void given_any_code_when_the_row_is_dropped_as_it_is_then_it_stays_rejected_just_if_the_code_says_so(Code code) {
        List<String> columns = List.of("name", "cf:5", "_code", "_message");
        String message =
                RejectMark.write(Problem.of(code, "found x, expected y."), columns.subList(0, 2), List.of("Ant", "1"));

        assertThat(RejectMark.read(code.word(), message, columns, List.of("Ant", "1", code.word(), message)))
                .isEqualTo(code.staysRejected() ? Optional.of(code) : Optional.empty());
        assertThat(RejectMark.read(code.word(), message, columns, List.of("Ant", "2", code.word(), message)))
                .isEmpty();
        assertThat(RejectMark.read("", message, columns, List.of("Ant", "1", "", message)))
                .isEmpty();
        assertThat(code.staysRejected() && code.scope() != Code.Scope.ROW).isFalse();
    }
}
