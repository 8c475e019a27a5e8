package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.inbox.FormatsTest;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of workbooks and JSON are what the source says that they are, whatever a mapping says of text. */
class TypedValuesTest {

    private static final String MAPPING = """
            drops: ["w*.xlsx", "w*.json", "w*.csv"]
            action: add
            name: Name
            fields:
              - {field: 4400050, column: Preis, type: number, decimal: ",", thousands: "."}
              - {field: 4400091, column: Datum, type: date, pattern: "dd.MM.yyyy"}
              - {field: 4400090, column: Neu, type: boolean, true_words: [ja], false_words: [nein]}
            """;

    @TempDir
    Path home;

    private static String text(String text) {
        return "<c t=\"str\"><v>" + text + "</v></c>";
    }

    private static String row(String... cells) {
        return "<row>" + String.join("", cells) + "</row>";
    }

    private static String number(String number) {
        return "<c><v>" + number + "</v></c>";
    }

    private static String date(String iso) {
        return "<c t=\"d\"><v>" + iso + "</v></c>";
    }

    private static final String HEADER = row(text("Name"), text("Preis"), text("Datum"), text("Neu"));
    private static final String YES = "<c t=\"b\"><v>1</v></c>";

    private Loading start() throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("w.yaml"), MAPPING);
        return Loading.start(home);
    }

    private static List<String> values(StoredElement element) {
        return element.fields().stream()
                .map(field -> field.values().get(0).text())
                .toList();
    }

    @Test
    void given_one_mapping_when_csv_json_and_workbook_are_loaded_then_all_say_the_same() throws Exception {
        String workbook = HEADER
                + row(text("A"), number("1.234"), date("2024-02-29T00:00:00"), YES)
                + row(text("A"), text("1,234"), text("29.02.2024"), text("ja"));
        String json = "[{\"Name\":\"A\",\"Preis\":1.234,\"Datum\":\"29.02.2024\",\"Neu\":true},"
                + "{\"Name\":\"A\",\"Preis\":1234e-3,\"Datum\":\"29.02.2024\",\"Neu\":true}]";
        try (Loading loading = start()) {
            assertThat(loading.load("w.xlsx", FormatsTest.workbook(workbook)).exitStatus())
                    .isZero();
            assertThat(loading.load("w.json", json).exitStatus()).isZero();
            assertThat(loading.load("w.csv", "Name;Preis;Datum;Neu\nA;1,234;29.02.2024;ja\n")
                            .exitStatus())
                    .isZero();
            assertThat(loading.stored())
                    .hasSize(5)
                    .extracting(TypedValuesTest::values)
                    .containsOnly(List.of("1.234", "2024-02-29 00:00:00", "1"));
        }
    }

    @Test
    void given_a_date_with_a_time_when_loaded_then_the_api_gets_it_in_its_form() throws Exception {
        String standard = row(text("name"), text("cf:4400091"))
                + row(text("A"), date("2025-12-01T18:00:00"))
                + row(text("B"), date("2025-12-01T00:00:00"));
        try (Loading loading = Loading.start(home)) {
            assertThat(loading.load("dt.xlsx", FormatsTest.workbook(standard)).exitStatus())
                    .isZero();
            assertThat(loading.stored())
                    .extracting(TypedValuesTest::values)
                    .containsExactly(List.of("2025-12-01 18:00:00"), List.of("2025-12-01 00:00:00"));
        }
    }

    @Test
    void given_iso_times_in_csv_when_loaded_without_a_pattern_then_they_are_sent_as_those_of_a_workbook()
            throws Exception {
        String mapping = """
                drops: "w*"
                action: add
                name: Name
                fields:
                  - {field: 4400091, column: Datum, type: date}
                """;
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("w.yaml"), mapping);
        String csv = "Name;Datum\nA;2025-12-01T18:00:00\nB;2025-12-01 18:00\nC;18:00:00\nD;2025-12-01T18:00:00Z\n";
        String workbook = row(text("Name"), text("Datum")) + row(text("A"), date("2025-12-01T18:00:00"));
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("w.csv", csv);
            assertThat(summary.exitStatus()).isEqualTo(3);
            assertThat(loading.outbox(summary).rejects("csv"))
                    .content()
                    .contains("It is a time without a day", "Its time is that of a zone");
            assertThat(loading.load("w.xlsx", FormatsTest.workbook(workbook)).exitStatus())
                    .isZero();
            assertThat(loading.stored())
                    .hasSize(3)
                    .extracting(TypedValuesTest::values)
                    .containsOnly(List.of("2025-12-01 18:00:00"));
        }
    }

    @Test
    void given_booleans_of_a_workbook_when_words_speak_of_them_then_they_are_the_words_of_text() throws Exception {
        String mapping = """
                drops: "w*"
                action: {column: Neu, words: {"true": add}, otherwise: delete}
                name: Name
                skip_rows:
                  - {column: Alt, words: "TRUE"}
                """;
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("w.yaml"), mapping);
        String workbook = row(text("Name"), text("Neu"), text("Alt"))
                + row(text("A"), YES, "<c t=\"b\"><v>0</v></c>")
                + row(text("B"), YES, YES);
        try (Loading loading = Loading.start(home)) {
            assertThat(loading.load("w.xlsx", FormatsTest.workbook(workbook)).exitStatus())
                    .isZero();
            assertThat(loading.stored()).extracting(StoredElement::name).containsExactly("A");
        }
    }

    @Test
    void given_columns_that_differ_in_letter_case_when_neither_is_the_one_named_then_the_drop_is_refused()
            throws Exception {
        String mapping = """
                drops: "w*"
                action: add
                name: ean
                """;
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("w.yaml"), mapping);
        try (Loading loading = Loading.start(home)) {
            assertThat(loading.load("w.csv", "N,Ean,EAN\nx,1,2\n").exitStatus()).isEqualTo(4);
            assertThat(loading.load("w2.csv", "N,Ean,ean\nx,1,2\n").exitStatus())
                    .isZero();
            assertThat(loading.stored()).extracting(StoredElement::name).containsExactly("2");
        }
    }

    @Test
    void given_rejects_of_a_workbook_when_corrected_then_its_numbers_are_still_numbers() throws Exception {
        String workbook = HEADER + row(text(""), number("1.234"), date("2024-02-29"), YES);
        try (Loading loading = start()) {
            Summary summary = loading.load("w.xlsx", FormatsTest.workbook(workbook));
            assertThat(summary.exitStatus()).isEqualTo(3);
            RejectsBook rejects = RejectsBook.of(loading.outbox(summary).rejects("xlsx"));
            assertThat(rejects.told(1, "Preis")).isEqualTo("|0|1.234");
            assertThat(rejects.told(1, "Datum")).isEqualTo("|yyyy-mm-dd|45351");
            assertThat(rejects.told(1, "Neu")).isEqualTo("b|0|1");
            byte[] corrected = rejects.type(1, "Name", "A").bytes();
            assertThat(loading.load("rejects.xlsx", corrected).exitStatus()).isZero();
            assertThat(loading.stored())
                    .extracting(TypedValuesTest::values)
                    .containsExactly(List.of("1.234", "2024-02-29 00:00:00", "1"));
        }
    }

    @Test
    void given_rejects_of_a_workbook_as_a_version_before_wrote_them_when_corrected_then_its_numbers_are_numbers()
            throws Exception {
        String corrected = "\uFEFFName,Preis,Datum,Neu,_code,_column,_message,_mapping,_types\n"
                + "A,1.234,2024-02-29,1,name_missing,Name,is empty,w.yaml,Preis=number|Datum=date|Neu=boolean\n";
        try (Loading loading = start()) {
            assertThat(loading.load("rejects.csv", corrected).exitStatus()).isZero();
            assertThat(loading.stored())
                    .extracting(TypedValuesTest::values)
                    .containsExactly(List.of("1.234", "2024-02-29 00:00:00", "1"));
        }
    }

    @Test
    void given_a_text_that_is_no_number_when_rejected_then_a_number_can_be_typed_over_it() throws Exception {
        String workbook = HEADER + row(text("7 up"), text("12,5O"), text("x1"), YES);
        try (Loading loading = start()) {
            Summary summary = loading.load("w.xlsx", FormatsTest.workbook(workbook));
            RejectsBook rejects = RejectsBook.of(loading.outbox(summary).rejects("xlsx"));
            assertThat(rejects.told(1, "Name")).isEqualTo("inlineStr|49|7 up");
            assertThat(rejects.told(1, "Preis")).isEqualTo("inlineStr|0|12,5O");
            assertThat(rejects.text(1, "_column")).isEqualTo("Preis");
        }
    }

    @Test
    void given_text_that_two_readings_fit_when_loaded_then_it_is_rejected_with_both() throws Exception {
        try (Loading loading = start()) {
            Summary summary = loading.load("w.csv", "Name;Preis;Datum;Neu\nA;0.125;29.02.2024;ja\n");
            assertThat(summary.exitStatus()).isEqualTo(3);
            assertThat(loading.outbox(summary).lines().get(0).get("message"))
                    .contains("0.125", "between thousands it is 125", "before decimals it is 0.125");
        }
    }
}
