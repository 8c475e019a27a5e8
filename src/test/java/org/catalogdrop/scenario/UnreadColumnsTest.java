package org.catalogdrop.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.catalogdrop.inbox.FormatsTest;
import org.catalogdrop.mapping.yaml.MappingParser;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.model.Summary;
import org.catalogdrop.sandbox.fault.Fault;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands in columns that nobody reads, beside the table, or nowhere at all, stops neither rows nor drops. */
class UnreadColumnsTest {

    private static final String MAPPING = """
            drops: ["p*.csv", "p*.xlsx", "p*.json", "p*.ndjson"]
            action: add
            name: Product
            fields:
              - {field: 4400049, column: SKU}
            """;

    @TempDir
    Path home;

    private Loading mapped() throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("mappings")).resolve("p.yaml"), MAPPING);
        return Loading.start(home);
    }

    private static String text(String text) {
        return "<c t=\"str\"><v>" + text + "</v></c>";
    }

    private static final String ERROR = "<c t=\"e\"><v>#DIV/0!</v></c>";
    private static final String NO_VALUE = "<c><f>A1*2</f></c>";
    private static final String LONG = "<c><v>1234567890123456789</v></c>";

    private static byte[] workbook(String... rows) throws Exception {
        return FormatsTest.workbook("<row>" + String.join("</row><row>", rows) + "</row>");
    }

    @Test
    void given_damaged_cells_where_nobody_reads_when_loaded_then_the_rows_are_taken() throws Exception {
        byte[] bytes = workbook(
                text("SKU") + text("Product") + text("Margin") + ERROR,
                text("1") + text("A") + ERROR + LONG,
                text("2") + text("B") + NO_VALUE + text("x"));
        try (Loading loading = mapped()) {
            assertThat(loading.load("p.xlsx", bytes).exitStatus()).isZero();
            assertThat(loading.names()).containsExactly("A", "B");
        }
    }

    @Test
    void given_a_damaged_cell_that_is_read_when_loaded_then_its_row_is_rejected_for_it() throws Exception {
        byte[] bytes = workbook(
                text("Margin") + text("SKU") + text("Product"),
                ERROR + LONG + text("A"),
                ERROR + text("1") + text("B"));
        try (Loading loading = mapped()) {
            Summary summary = loading.load("p.xlsx", bytes);
            assertThat(loading.outbox(summary).codes()).containsExactly("bad_cell", "");
            assertThat(loading.outbox(summary).lines().get(0)).containsEntry("column", "SKU");
            RejectsBook rejects = RejectsBook.of(loading.outbox(summary).rejects("xlsx"));
            assertThat(rejects.told(1, "Margin")).isEqualTo("inlineStr|49|#DIV/0!");
            assertThat(rejects.told(1, "SKU")).isEqualTo("inlineStr|49|1234567890123456789");
            assertThat(loading.load("rejects.xlsx", rejects.bytes()).exitStatus())
                    .isEqualTo(3);
            assertThat(loading.load(
                                    "rejects.xlsx",
                                    rejects.typeNumber(1, "SKU", "12").bytes())
                            .exitStatus())
                    .isZero();
            assertThat(loading.names()).containsExactly("B", "A");
        }
    }

    @Test
    void given_bytes_of_another_charset_where_nobody_reads_when_loaded_then_the_rows_are_taken() throws Exception {
        byte[] bytes = "SKU;Product;Gr\u00F6\u00DFe\n1;A;\u00FC\n2;\u00FC;x\n".getBytes(StandardCharsets.ISO_8859_1);
        try (Loading loading = Loading.start(home, "drop.charset=UTF-8")) {
            mapped().close();
            Summary summary = loading.load("p.csv", bytes);
            assertThat(loading.outbox(summary).codes()).containsExactly("", "bad_encoding");
            assertThat(loading.names()).containsExactly("A");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SKU,Product,Comment,Price,Comment,,,\n1,A,x,1,y,,,\n",
                "SKU,Product,Product2,Product2\n1,A,x,y\n",
            })
    void given_a_doubled_header_that_nobody_reads_when_loaded_then_the_rows_are_taken(String csv) throws Exception {
        try (Loading loading = mapped()) {
            assertThat(loading.load("p.csv", csv).exitStatus()).isZero();
            assertThat(loading.names()).containsExactly("A");
        }
        try (Loading loading = Loading.start(home)) {
            assertThat(loading.load("d.csv", "name,Comment,Comment,,,\nB,a,b,,,\n")
                            .exitStatus())
                    .isZero();
        }
    }

    @Test
    void given_a_doubled_header_that_is_read_when_loaded_then_the_drop_is_refused() throws Exception {
        try (Loading loading = mapped()) {
            Summary summary = loading.load("p.csv", "SKU,Product,SKU\n1,A,2\n");
            assertThat(summary.refusal().orElseThrow().code()).isEqualTo(Code.DOUBLE_HEADER);
            assertThat(summary.refusal().orElseThrow().message()).contains("'SKU'", "p.yaml");
            assertThat(loading.posts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Sku,Product,sKU\n1,A,2\n", "sku,sKU,Product\n1,2,A\n"})
    void given_two_columns_that_differ_in_letter_case_alone_when_neither_is_exact_then_the_drop_is_refused(String csv)
            throws Exception {
        try (Loading loading = mapped()) {
            Summary summary = loading.load("p.csv", csv);
            assertThat(summary.refusal().orElseThrow().code()).isEqualTo(Code.DOUBLE_HEADER);
            assertThat(summary.refusal().orElseThrow().message()).contains("'sKU'", "letter case", "p.yaml");
            assertThat(loading.posts()).isEmpty();
        }
    }

    @Test
    void given_two_columns_that_differ_in_letter_case_alone_when_one_is_exact_then_it_alone_is_read() throws Exception {
        try (Loading loading = mapped()) {
            Summary summary = loading.load("p.csv", "Sku,Product,SKU\n1,A,2\n");
            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.stored().get(0).fields().get(0).values().get(0).text())
                    .isEqualTo("2");
        }
        assertThat(MappingParser.parse("p.yaml", MAPPING.getBytes(StandardCharsets.UTF_8))
                        .unread(List.of("Sku", "Product", "SKU")))
                .containsExactly("Sku");
    }

    @Test
    void given_an_object_that_a_path_leads_into_when_a_row_has_it_twice_then_the_row_is_rejected() throws Exception {
        Files.writeString(
                Files.createDirectories(home.resolve("mappings")).resolve("n.yaml"),
                "drops: n*\naction: add\nname: item.title\n");
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load(
                    "n.json", "[{\"item\":{\"title\":\"A\"}},{\"item\":{\"title\":\"B\"},\"item\":{\"title\":\"C\"}}]");
            assertThat(loading.outbox(summary).codes()).containsExactly("", "double_column");
            assertThat(loading.names()).containsExactly("A");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[%s,%s]", "%s\n%s\n"})
    void given_a_doubled_key_in_json_when_loaded_then_it_matters_only_where_it_is_read(String form) throws Exception {
        String json = form.formatted(
                "{\"SKU\":\"1\",\"Product\":\"A\",\"x\":1,\"x\":2,\"y\":{\"z\":1,\"z\":2}}",
                "{\"SKU\":\"1\",\"Product\":\"A\",\"SKU\":\"2\"}");
        try (Loading loading = mapped()) {
            Summary summary = loading.load("p.json", json);
            assertThat(loading.outbox(summary).codes()).containsExactly("", "double_column");
        }
    }

    @Test
    void given_rows_of_delimiters_alone_when_loaded_then_they_are_no_rows() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("blank.csv", "name;cf:4400049;x\n;;\nA;1;y\n;;\n \n\"\"; ;\nB;2;\n;;\n");
            assertThat(summary.exitStatus()).isZero();
            assertThat(loading.outbox(summary).lines())
                    .extracting(line -> line.get("row") + " " + line.get("line"))
                    .containsExactly("1 3", "2 7");
        }
    }

    /** Rows that were sent are known by their numbers, and earlier versions counted rows of delimiters alone. */
    @Test
    void given_a_drop_begun_by_an_earlier_version_when_it_resumes_then_its_rows_keep_their_numbers() throws Exception {
        String drop = "name;cf:4400049\nA;1\n;\nB;2\n;\nC;3\n";
        try (Loading loading = Loading.start(home, "kommo.chunk-size=1", "kommo.in-flight=1")) {
            loading.sandbox().faults().next(Fault.named("delay"));
            loading.sandbox().faults().next(Fault.named("401"));
            assertThat(catchThrowable(() -> loading.load("drop.csv", drop))).isInstanceOf(RunHalted.class);
        }
        Path journal = home.resolve("state").resolve("catalog-drop.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + journal);
                Statement statement = connection.createStatement()) {
            statement.execute("update drops set settings = replace(settings, ',cells', ''), row_count = 5");
        }
        try (Loading loading = Loading.start(home)) {
            Summary summary = loading.load("drop.csv", drop);
            assertThat(loading.outbox(summary).codes()).containsExactly("", "name_missing", "", "name_missing", "");
            assertThat(loading.names()).containsExactly("B", "C");
            assertThat(loading.outbox(summary).mapping().keySet())
                    .isEqualTo(new java.util.LinkedHashSet<>(List.of("1", "3", "5")));
        }
    }
}
