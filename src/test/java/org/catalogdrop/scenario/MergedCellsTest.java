package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.catalogdrop.inbox.FormatsTest;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.store.StoredElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cells that are merged with the one above are filled, empty or rejected as the mapping says, never lost without a word. */
public class MergedCellsTest {

    private static final String MAPPING = """
            drops: "cat*.xlsx"
            action: add
            name: Product
            fields:
              - {field: 4400049, column: COLUMN}
            """;

    @TempDir
    Path home;

    private Loading start(String more) throws Exception {
        return start("Category", more);
    }

    private Loading start(String column, String more) throws Exception {
        Files.writeString(
                Files.createDirectories(home.resolve("mappings")).resolve("p.yaml"),
                MAPPING.replace("COLUMN", column) + more);
        return Loading.start(home);
    }

    /** Rows from row 1 on; an empty cell has no element. */
    public static byte[] workbook(List<List<String>> rows, String... merged) throws Exception {
        StringBuilder xml = new StringBuilder("<worksheet><sheetData>");
        for (int i = 0; i < rows.size(); i++) {
            xml.append("<row r=\"").append(i + 1).append("\">");
            for (int j = 0; j < rows.get(i).size(); j++) {
                String cell = rows.get(i).get(j);
                if (!cell.isEmpty()) {
                    xml.append("<c r=\"").append((char) ('A' + j)).append(i + 1);
                    xml.append(cell.matches("\\d+") ? "\"><v>" : "\" t=\"str\"><v>")
                            .append(cell)
                            .append("</v></c>");
                }
            }
            xml.append("</row>");
        }
        xml.append("</sheetData><mergeCells>");
        for (String one : merged) {
            xml.append("<mergeCell ref=\"").append(one).append("\"/>");
        }
        String types = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        String relation =
                "<Relationships><Relationship Id=\"r\" Type=\"" + types + "%s\" Target=\"%s\"/></Relationships>";
        return FormatsTest.zip(Map.of(
                "_rels/.rels",
                relation.formatted("officeDocument", "book.xml"),
                "_rels/book.xml.rels",
                relation.formatted("worksheet", "sheet.xml"),
                "book.xml",
                "<workbook xmlns:r=\"urn:r\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>",
                "sheet.xml",
                xml.append("</mergeCells></worksheet>").toString()));
    }

    private static byte[] categories() throws Exception {
        return workbook(
                List.of(
                        List.of("Category", "Product"),
                        List.of("Cables", "A"),
                        List.of("", "B"),
                        List.of("", ""),
                        List.of("", "C"),
                        List.of("7", "D"),
                        List.of("", "E"),
                        List.of("", "F")),
                "A2:A5",
                "A6:B6",
                "A6:A7");
    }

    private static List<String> values(Loading loading) {
        return loading.stored().stream()
                .map(element -> element.name() + "=" + value(element))
                .toList();
    }

    private static String value(StoredElement element) {
        return element.fields().isEmpty()
                ? ""
                : element.fields().get(0).values().get(0).text();
    }

    @Test
    void given_merged_cells_when_the_mapping_says_fill_then_rows_below_have_the_value_of_the_first() throws Exception {
        try (Loading loading = start("merged_cells: fill")) {
            assertThat(loading.load("cat.xlsx", categories()).exitStatus()).isZero();
            assertThat(values(loading)).containsExactly("A=Cables", "B=Cables", "C=Cables", "D=7", "E=7", "F=");
        }
    }

    @Test
    void given_merged_cells_when_the_mapping_says_empty_then_rows_below_have_nothing() throws Exception {
        try (Loading loading = start("merged_cells: empty")) {
            assertThat(loading.load("cat.xlsx", categories()).exitStatus()).isZero();
            assertThat(values(loading)).containsExactly("A=Cables", "B=", "C=", "D=7", "E=", "F=");
        }
    }

    @Test
    void given_merged_cells_when_the_mapping_says_nothing_then_rows_below_are_rejected_until_they_are_filled()
            throws Exception {
        try (Loading loading = start("")) {
            Summary summary = loading.load("cat.xlsx", categories());
            assertThat(loading.outbox(summary).codes())
                    .containsExactly("", "merged_cell", "merged_cell", "", "merged_cell", "");
            assertThat(loading.outbox(summary).lines().get(1).get("message"))
                    .contains("'Category'", "A2:A5, whose value is in row 2", "merged_cells: fill");
            RejectsBook rejects = RejectsBook.of(loading.outbox(summary).rejects("xlsx"));
            assertThat(rejects.text(1, "Category") + rejects.text(2, "Category"))
                    .isEmpty();
            Summary again = loading.load(
                    "rejects.xlsx", rejects.type(1, "Category", "Cables").bytes());
            assertThat(loading.outbox(again).codes()).containsExactly("", "merged_cell", "merged_cell");
        }
    }

    @Test
    void given_rows_to_skip_within_merged_cells_when_loaded_then_they_are_skipped_and_not_rejected() throws Exception {
        byte[] drop = workbook(
                List.of(
                        List.of("Category", "Product", "Note"),
                        List.of("Cables", "A", "x"),
                        List.of("", "Total", "x"),
                        List.of("", "B", ""),
                        List.of("", "C", "x"),
                        List.of("Plugs", "D", "y"),
                        List.of("", "E", "")),
                "A2:A5",
                "C6:C7");
        try (Loading loading = start("skip_rows: [{column: Product, words: Total}, {column: Note, empty: true}]")) {
            Summary summary = loading.load("cat.xlsx", drop);
            assertThat(loading.outbox(summary).codes())
                    .containsExactly("", "skipped", "skipped", "merged_cell", "", "merged_cell");
            assertThat(values(loading)).containsExactly("A=Cables", "D=Plugs");
        }
    }

    @Test
    void given_merged_cells_that_nobody_reads_when_loaded_then_all_rows_are_taken() throws Exception {
        try (Loading loading = start("Product", "")) {
            assertThat(loading.load("cat.xlsx", categories()).exitStatus()).isZero();
            assertThat(loading.names()).containsExactly("A", "B", "C", "D", "E", "F");
        }
    }

    @Test
    void given_a_header_of_two_rows_when_loaded_then_its_words_are_no_values() throws Exception {
        byte[] bytes = workbook(
                List.of(
                        List.of("Prices", "", ""),
                        List.of("Category", "Product", ""),
                        List.of("", "net", ""),
                        List.of("x", "A", "")),
                "A1:C1",
                "A2:A3");
        try (Loading loading = start("header: 2\nmerged_cells: fill")) {
            Summary summary = loading.load("cat.xlsx", bytes);
            assertThat(loading.outbox(summary).codes()).containsExactly("merged_cell", "");
            assertThat(values(loading)).containsExactly("A=x");
        }
    }

    /** Whatever is merged, a row has the value of the first row of its area, and no other row has; seeded. */
    @Test
    void given_any_areas_when_filled_then_each_row_has_the_value_of_its_area() throws Exception {
        Random random = new Random(20261129);
        try (Loading loading = start("merged_cells: fill")) {
            for (int round = 0; round < 10; round++) {
                List<List<String>> rows = new ArrayList<>(List.of(List.of("Category", "Product")));
                List<String> merged = new ArrayList<>();
                List<String> expected = new ArrayList<>();
                while (rows.size() < 60) {
                    int height = 1 + random.nextInt(5);
                    String value = random.nextInt(4) == 0 ? "" : "v" + rows.size();
                    int top = rows.size() + 1;
                    for (int i = 0; i < height; i++) {
                        String name = "r" + round + "-" + rows.size();
                        rows.add(List.of(i == 0 ? value : "", name));
                        expected.add(name + "=" + value);
                    }
                    if (height > 1) {
                        merged.add("A" + top + ":A" + (top + height - 1));
                    }
                }
                java.util.Collections.shuffle(merged, random);
                int before = loading.stored().size();
                assertThat(loading.load("cat.xlsx", workbook(rows, merged.toArray(String[]::new)))
                                .exitStatus())
                        .isZero();
                assertThat(values(loading).subList(before, before + expected.size()))
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    private static byte[] sideways(String note) throws Exception {
        return workbook(
                List.of(
                        List.of("Product", "Category", "Note"),
                        List.of("A", "Cables", "x"),
                        List.of("Section of plugs", "", "y"),
                        List.of("B", "Plugs", ""),
                        List.of("Two rows", "", ""),
                        List.of("C", "", note)),
                "A3:B3",
                "B4:D4",
                "A5:B6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "merged_cells: fill"})
    void given_cells_merged_over_columns_when_another_of_them_is_read_then_the_row_is_rejected(String more)
            throws Exception {
        try (Loading loading = start(more)) {
            Summary summary = loading.load("cat.xlsx", sideways("z"));
            assertThat(loading.outbox(summary).codes())
                    .containsExactly("", "merged_cell", "", "merged_cell", "merged_cell");
            assertThat(loading.outbox(summary).lines().get(1).get("message"))
                    .contains("'Category'", "A3:B3, whose value is in another column", "merged_cells: empty")
                    .doesNotContain("fill;");
            assertThat(values(loading)).containsExactly("A=Cables", "B=Plugs");
        }
    }

    @Test
    void given_cells_merged_over_columns_when_the_mapping_says_empty_or_reads_one_of_them_then_the_rows_are_taken()
            throws Exception {
        try (Loading loading = start("merged_cells: empty")) {
            assertThat(loading.load("cat.xlsx", sideways("z")).exitStatus()).isZero();
            assertThat(values(loading)).containsExactly("A=Cables", "Section of plugs=", "B=Plugs", "Two rows=", "C=");
        }
        try (Loading loading = start("Product", "skip_rows: [{column: Product, words: Section of plugs}]")) {
            Summary summary = loading.load("cat2.xlsx", sideways("other"));
            assertThat(loading.outbox(summary).codes()).containsExactly("", "skipped", "", "", "");
        }
    }

    @Test
    void given_standard_columns_when_cells_are_merged_then_the_message_asks_for_no_mapping_file_that_is_there()
            throws Exception {
        byte[] book =
                workbook(List.of(List.of("name", "cf:4400049"), List.of("A", "Cables"), List.of("B", "")), "B2:B3");
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("standard.xlsx", book);
            assertThat(loading.outbox(summary).codes()).containsExactly("", "merged_cell");
            assertThat(loading.outbox(summary).lines().get(1).get("message"))
                    .contains("in a mapping file: ", "merged_cells: fill")
                    .doesNotContain("their mapping file");
        }
    }

    private static byte[] headerOverTwoRows() throws Exception {
        return workbook(
                List.of(
                        List.of("Product", "Category", "Prices", ""),
                        List.of("", "", "Net", "Gross"),
                        List.of("A", "Cables", "1", "2"),
                        List.of("B", "Plugs", "3", "4")),
                "A1:A2",
                "B1:B2",
                "C1:D1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"header: 2", "header: auto", "header: 2\nmerged_cells: fill", "header: auto\nmerged_cells: empty"
            })
    void given_a_header_over_two_rows_when_the_mapping_says_where_it_is_then_merged_names_count(String header)
            throws Exception {
        try (Loading loading = start("Gross", header)) {
            assertThat(loading.load("cat.xlsx", headerOverTwoRows()).exitStatus())
                    .isZero();
            assertThat(values(loading)).containsExactly("A=2", "B=4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "merged_cells: fill"})
    void given_a_header_over_two_rows_when_the_first_is_read_then_the_message_says_what_helps(String more)
            throws Exception {
        try (Loading loading = start("Category", more)) {
            Summary summary = loading.load("cat.xlsx", headerOverTwoRows());
            assertThat(loading.outbox(summary).codes()).containsExactly("merged_cell", "", "");
            assertThat(loading.outbox(summary).lines().get(0).get("message"))
                    .contains("part of the header", "A1:A2", "Write header: 2 into a mapping file");
        }
    }
}
