package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catalogdrop.inbox.FormatsTest;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of a drop is found where the mapping says that it is, and messages say where it seems to be. */
public class TablePlaceTest {

    private static final String MAPPING = """
            drops: ["p*.csv", "p*.xlsx"]
            action: add
            name: Product
            fields:
              - {field: 4400049, column: SKU}
            """;

    private static final String TITLED = "Price list of \"Example\" Ltd\nCreated;29.02.2024\n\nSKU;Product;Price\n"
            + "00123;Cable;12,50\n;Plug;3,00\n";

    @TempDir
    Path home;

    private Loading start(String more) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("p.yaml"), MAPPING + more);
        return Loading.start(home);
    }

    public static String row(String... cells) {
        StringBuilder row = new StringBuilder("<row>");
        for (String cell : cells) {
            row.append(cell.isEmpty() ? "<c/>" : "<c t=\"str\"><v>" + cell + "</v></c>");
        }
        return row.append("</row>").toString();
    }

    /** Two sheets. */
    public static byte[] workbook(String first, String second) throws Exception {
        String types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        String relation = "<Relationship Id=\"%s\" Type=\"" + types + "%s\" Target=\"%s\"/>";
        return FormatsTest.zip(Map.of(
                "_rels/.rels",
                "<Relationships>" + relation.formatted("r", "officeDocument", "book.xml") + "</Relationships>",
                "_rels/book.xml.rels",
                "<Relationships>" + relation.formatted("a", "worksheet", "a.xml")
                        + relation.formatted("b", "worksheet", "b.xml") + "</Relationships>",
                "book.xml",
                "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"Read me\" r:id=\"a\"/><sheet name=\"Goods 2024\" r:id=\"b\"/>"
                        + "</sheets></workbook>",
                "a.xml",
                "<worksheet><sheetData>" + first + "</sheetData></worksheet>",
                "b.xml",
                "<worksheet><sheetData>" + second + "</sheetData></worksheet>"));
    }

    private static final String TITLED_SHEET = row("Price list")
            + row("Created", "29.02.2024")
            + row()
            + row("SKU", "Product", "Price")
            + row("00123", "Cable", "12")
            + row("00124", "", "3");

    @ParameterizedTest
    @ValueSource(strings = {"header: 4", "header: auto"})
    void given_a_title_above_the_header_when_loaded_then_rows_and_lines_are_those_of_the_file(String key)
            throws Exception {
        try (Loading loading = start(key)) {
            String csv = TITLED.replace(";Plug", "00124;");
            for (Summary summary :
                    List.of(loading.load("p.csv", csv), loading.load("p.xlsx", FormatsTest.workbook(TITLED_SHEET)))) {
                assertThat(loading.outbox(summary).lines())
                        .extracting(line -> line.get("row") + " " + line.get("line") + " " + line.get("code"))
                        .containsExactly("1 5 ", "2 6 name_missing");
            }
            assertThat(loading.names()).containsExactly("Cable", "Cable");
        }
    }

    @ParameterizedTest
    @CsvSource({"rejects.csv, header: 4", "p-again.csv, header: 4", "p-again.csv, header: auto"})
    void given_rejects_of_such_a_drop_when_corrected_and_dropped_then_they_load(String name, String key)
            throws Exception {
        try (Loading loading = start(key)) {
            Summary summary = loading.load("p.csv", TITLED.replace(";Plug", "00124;"));
            String rejects = Files.readString(loading.outbox(summary).rejects("csv"));
            assertThat(rejects).startsWith("SKU;Product;Price;_code;");
            assertThat(loading.load(name, rejects.replace("00124;;", "00124;Plug;"))
                            .exitStatus())
                    .isZero();
            assertThat(loading.names()).containsExactly("Cable", "Plug");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "rejects.xlsx ! header: 4",
                "p-again.xlsx ! header: 4",
                "p-again.xlsx ! header: 4; sheet: 2",
                "p-again.xlsx ! header: auto; sheet: Goods 2024",
            })
    void given_rejects_of_such_a_workbook_when_corrected_and_dropped_then_they_load(String name, String keys)
            throws Exception {
        byte[] drop =
                keys.contains("sheet") ? workbook(row("Read me"), TITLED_SHEET) : FormatsTest.workbook(TITLED_SHEET);
        try (Loading loading = start(keys.replace("; ", "\n"))) {
            Summary summary = loading.load("p.xlsx", drop);
            RejectsBook rejects = RejectsBook.of(loading.outbox(summary).rejects("xlsx"));
            assertThat(rejects.header())
                    .containsExactly("SKU", "Product", "Price", "_code", "_column", "_message", "_mapping");
            Summary unfixed = loading.load(name, rejects.bytes());
            assertThat(loading.outbox(unfixed).codes()).containsExactly("name_missing");
            assertThat(RejectsBook.of(loading.outbox(unfixed).rejects("xlsx")).header())
                    .isEqualTo(rejects.header());
            assertThat(loading.load(name, rejects.type(1, "Product", "Plug").bytes())
                            .exitStatus())
                    .isZero();
            assertThat(loading.names()).containsExactly("Cable", "Plug");
        }
    }

    @Test
    void given_no_key_when_the_header_is_further_down_then_the_message_says_where() throws Exception {
        try (Loading loading = start("")) {
            for (byte[] drop : List.of(TITLED.getBytes(StandardCharsets.UTF_8))) {
                Problem problem = loading.load("p.csv", drop).refusal().orElseThrow();
                assertThat(problem.code()).isEqualTo(Code.NO_HEADER);
                assertThat(problem.message())
                        .contains(
                                "All columns that the mapping reads are in line 4 (SKU | Product | Price)",
                                "header: 4");
            }
            assertThat(loading.load("p.xlsx", FormatsTest.workbook(TITLED_SHEET))
                            .refusal()
                            .orElseThrow()
                            .message())
                    .contains("are in row 4", "header: 4");
            assertThat(loading.load("p.xlsx", workbook(row("Goods of", "Example"), TITLED_SHEET))
                            .refusal()
                            .orElseThrow()
                            .message())
                    .contains("row 4 of the sheet 'Goods 2024'", "sheet: \"Goods 2024\" and header: 4");
        }
    }

    @Test
    void given_the_standard_columns_further_down_when_loaded_then_the_message_says_where() throws Exception {
        try (Loading loading = Loading.start(home)) {
            assertThat(loading.load("a.csv", "My list\n\nname;cf:4400049\nA;1\n")
                            .refusal()
                            .orElseThrow()
                            .message())
                    .contains("The header seems to be line 3 (name | cf:4400049)");
            assertThat(loading.load("b.xlsx", workbook(row("How to"), row("name", "cf:1") + row("A", "1")))
                            .refusal()
                            .orElseThrow()
                            .message())
                    .contains("row 1 of the sheet 'Goods 2024' (name | cf:1)", "sheet: \"Goods 2024\"");
            assertThat(loading.load("c.csv", "My list\nSKU;Product;Price\n1;A;2\n2;B;2\n")
                            .refusal()
                            .orElseThrow()
                            .message())
                    .contains("The header seems to be line 2 (SKU | Product | Price)");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sheet: goods  2024", "sheet: 2"})
    void given_a_sheet_when_loaded_then_that_one_is_read(String key) throws Exception {
        try (Loading loading = start(key + "\nheader: auto")) {
            assertThat(loading.load("p.xlsx", workbook(row("Read", "me"), TITLED_SHEET))
                            .count(org.catalogdrop.model.Status.CREATED))
                    .isEqualTo(1);
            assertThat(loading.names()).containsExactly("Cable");
        }
    }

    @Test
    void given_a_sheet_that_is_not_there_when_loaded_then_the_message_names_those_that_are() throws Exception {
        try (Loading loading = start("sheet: Prices")) {
            assertThat(loading.load("p.xlsx", workbook(row("Read", "me"), TITLED_SHEET))
                            .refusal()
                            .orElseThrow()
                            .message())
                    .contains("no sheet 'Prices'", "'Read me', 'Goods 2024'");
        }
    }

    @Test
    void given_a_header_line_that_is_wrong_when_loaded_then_the_drop_is_refused_with_the_place() throws Exception {
        try (Loading loading = start("header: 3")) {
            assertThat(loading.load("p.csv", TITLED).refusal().orElseThrow().message())
                    .contains("Line 3", "is blank or missing");
        }
        try (Loading loading = start("header: 2")) {
            assertThat(loading.load("p.csv", TITLED).refusal().orElseThrow().message())
                    .contains("Line 2 has no known column", "line 4");
        }
    }

    @Test
    void given_missing_cells_at_the_end_of_rows_when_the_mapping_allows_them_then_they_are_empty() throws Exception {
        String csv = "SKU,Product,x\n1,A,\n2,B\n3\n4,C,x,y\n";
        try (Loading loading = start("")) {
            assertThat(loading.outbox(loading.load("p.csv", csv)).codes())
                    .containsExactly("", "ragged_row", "ragged_row", "ragged_row");
        }
        try (Loading loading = start("csv: {missing_cells: empty}")) {
            Summary summary = loading.load("p2.csv", csv + "\n");
            assertThat(loading.outbox(summary).codes()).containsExactly("", "", "name_missing", "ragged_row");
        }
    }

    @Test
    void given_quotes_behind_backslashes_when_the_mapping_says_so_then_cells_are_what_is_meant() throws Exception {
        String csv =
                "\"SKU\",\"Product\"\n\"1\",\"Monitor 24\\\" black\"\n\"2\",\"C:\\\\x\"\n\"\",\"\\\"\"\"\"\n\"3\",\"\"\n";
        try (Loading loading = start("")) {
            assertThat(loading.load("p.csv", csv).refusal().orElseThrow().message())
                    .contains("row that starts on line 2", "double quote", "escape: \"\\\\\"");
        }
        try (Loading loading = start("csv: {escape: \"\\\\\"}")) {
            Summary summary = loading.load("p.csv", csv);
            assertThat(loading.outbox(summary).codes()).containsExactly("", "", "", "name_missing");
            assertThat(loading.names()).containsExactly("Monitor 24\" black", "C:\\x", "\"\"");
            String rejects = Files.readString(loading.outbox(summary).rejects("csv"));
            assertThat(loading.load("p-again.csv", rejects.replace("3,,", "3,C:\\y,"))
                            .exitStatus())
                    .isZero();
            assertThat(loading.names()).endsWith("C:\\y");
        }
    }

    @Test
    void given_broken_quotes_when_refused_then_the_message_names_the_quote_and_the_line() throws Exception {
        try (Loading loading = start("")) {
            assertThat(loading.load("p.csv", "'SKU','Product'\n'1','A'\n'2','B\n'3','C'x\n")
                            .refusal()
                            .orElseThrow()
                            .message())
                    .contains("row that starts on line 3", "on line 4 text follows a closing single quote")
                    .doesNotContain("double quote");
        }
    }

    @Test
    void given_a_first_line_with_some_of_the_columns_when_others_are_missing_then_the_message_says_where_all_are()
            throws Exception {
        try (Loading loading = start("")) {
            for (Problem problem : List.of(
                    loading.load("p.csv", "Product;Stand\nx;y\n\nSKU;Product;Price\n1;Cable;2\n")
                            .refusal()
                            .orElseThrow(),
                    loading.load(
                                    "p.xlsx",
                                    workbook(
                                            row("Product", "Author") + row("x", "y"),
                                            row("Goods") + row("SKU", "Product") + row("1", "Cable")))
                            .refusal()
                            .orElseThrow())) {
                assertThat(problem.code()).isEqualTo(Code.COLUMN_MISSING);
                assertThat(problem.message())
                        .containsAnyOf(
                                "All columns that the mapping reads are in line 4 (SKU | Product | Price). Write header: 4",
                                "are in row 2 of the sheet 'Goods 2024' (SKU | Product). Write sheet: \"Goods 2024\" and header: 2");
            }
            assertThat(loading.load("p2.csv", "Product;Stand\nx;y\n")
                            .refusal()
                            .orElseThrow()
                            .message())
                    .contains("Correct the mapping or the drop");
        }
    }

    @Test
    void given_a_workbook_whose_first_row_is_no_header_when_refused_then_that_row_is_not_proposed() throws Exception {
        try (Loading loading = Loading.start(home)) {
            String foreign = loading.load("a.xlsx", workbook(row("Artikel", "Preis") + row("1", "2"), row()))
                    .refusal()
                    .orElseThrow()
                    .message();
            assertThat(foreign).contains("write a mapping for them").doesNotContain("seems to be");
            String numbers = loading.load("b.xlsx", workbook(row("2024", "7") + row("1", "2"), row()))
                    .refusal()
                    .orElseThrow()
                    .message();
            assertThat(numbers).contains("header: and the number of its row").doesNotContain("seems to be");
        }
    }

    @Test
    void given_a_place_of_the_table_when_loaded_then_the_summary_says_how_it_was_read() throws Exception {
        try (Loading loading = start("header: auto\nsheet: 2\nmerged_cells: fill")) {
            Summary summary = loading.load(
                    "p.xlsx", workbook(row("x"), row("Goods") + row("SKU", "Product") + row("1", "Cable")));
            assertThat(Files.readString(
                            home.resolve("outbox").resolve(summary.folder()).resolve("summary.json")))
                    .contains("\"header_row\": 2", "\"sheet\": \"2\"", "\"merged_cells\": \"fill\"");
        }
    }
}
