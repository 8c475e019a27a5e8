package org.catalogdrop.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.RejectMark;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {

    @TempDir
    Path folder;

    private List<Row> rows(String text) {
        return Dropped.text(folder, "a.csv", text).rows();
    }

    @Test
    void text_is_kept_as_it_is() {
        List<Row> rows = rows(" id ,Name,note␊00123,\" Ä𝄞 \"\"x\"\"\",1E5␊,�,\"a,b␍␊c\"␊");

        List<String> columns = List.of("id", "Name", "note");
        assertThat(rows)
                .containsExactly(
                        Row.of(1, 2, columns, List.of("00123", " Ä𝄞 \"x\"", "1E5")),
                        Row.of(2, 3, columns, List.of("", "�", "a,b\r\nc")));
        assertThat(rows.get(0).columns()).isSameAs(rows.get(1).columns());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "name,id␊a,1␊b,2␊                        ! 2 3",
                "name,id␍␊a,1␍␊b,2␍␊                     ! 2 3",
                "name,id␍a,1␍b,2␍                        ! 2 3",
                "name,id␊a,1␊b,2                         ! 2 3",
                "name,id␊a,1␊b,                          ! 2 3",
                "name,id␊a,1␊b,\"2\"                     ! 2 3",
                "name,id␍␊a,1␊b,2␍c,3␊                   ! 2 3 4",
                "␊␊name,id␊␊␊a,1␊  ␊b,2␊␊                ! 6 8",
                "␍␊name,id␍␊␍␊a,1␍␊␍␊b,2␍␊               ! 4 6",
                "\"name\",\"i␊d\"␊a,1␊b,2␊,              ! 3 4",
                "name,id␊\"a␊␊a\",1␊b,2␊                 ! 2 5",
                "name,id␍␊\"a␍␊␍␊a\",1␍␊b,2              ! 2 5",
                "name,id␍\"a␍a\",1␍b,2                   ! 2 4",
                "name,id␊\"a␍␊\",\"1␍\"␍␊\"␊\",2         ! 2 5",
                "name␊a␊␊b␊                              ! 2 4",
                "name␊A␊\"\"␊B␊                           ! 2 3 4",
                "name␍␊\"\"␍␊␍␊  ␍␊\"  \"␍␊ ␍␊             ! 2 5",
                "name␍\"␍\"␍  ␍\"\"                         ! 2 5",
                "name␊  ␊\"\"  ␊  ␊\"\"                     ! 3 5",
                "name␊\" \"␊  ! 2",
            })
    void row_has_the_line_on_which_it_starts(String text, String lines) {
        List<Row> rows = rows(text);

        assertThat(Dropped.lines(rows))
                .isEqualTo(Stream.of(lines.split(" ")).map(Long::valueOf).toList());
        assertThat(rows.stream().map(Row::number))
                .isEqualTo(Stream.iterate(1L, n -> n + 1).limit(rows.size()).toList());
    }

    @Test
    void blank_lines_are_distinguished_from_empty_cells_in_single_quotes() {
        assertThat(Dropped.lines(rows("'name'␊''␊␊'  '␊  ␊''"))).containsExactly(2L, 4L, 6L);
    }

    /** Whatever the parser's buffers hold when it comes to them. */
    @Test
    void blank_lines_are_distinguished_from_empty_cells_in_any_place() {
        String blanks = " ".repeat(100_000);
        String text = "\"\"␊␊a␊  ␊\" \"␍␊␍␊".repeat(20_000) + blanks + "␊\"" + blanks + "\"␊\"\"" + blanks + "␊";

        assertThat(rows("name␊" + text)).hasSize(60_002);
    }

    /** Whoever puts a mark before a text that has one, or joins files, leaves one that cannot be seen. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\uFEFF\uFEFFname,cf:1\nA,1\n", "\"\uFEFFname\",cf:1\nA,1\n", "\uFEFF\uFEFF name,cf:1\nA,1\n"})
    void byte_order_mark_is_no_part_of_a_column_name(String text) {
        assertThat(rows(text)).containsExactly(Row.of(1, 2, List.of("name", "cf:1"), List.of("A", "1")));
    }

    @Test
    void header_alone_has_no_rows() {
        assertThat(rows("name")).isEmpty();
        assertThat(rows("name,id␊␊")).isEmpty();
    }

    @Test
    void ragged_row_is_rejected_and_the_next_one_read() {
        List<Row> rows = rows("name,id,note␊a␊b,1,2,3,4␊c,1,2␊");

        assertThat(Dropped.codes(rows)).containsExactly(Code.RAGGED_ROW, Code.RAGGED_ROW);
        assertThat(rows.get(0).problem().orElseThrow().message()).contains("1 cell", "3 columns", "'id'");
        assertThat(rows.get(1).problem().orElseThrow().message()).contains("5 cells", "3 columns", "3 | 4");
        assertThat(rows.get(1).cells()).isEqualTo(List.of("b", "1", "2", "3", "4"));
        assertThat(rows.get(2).cells()).isEqualTo(List.of("c", "1", "2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "name;id;␊a;1;␊b;2;␊             ! a 1 , b 2 ,",
                "name;id␊a;1;␊b;2;␊              ! a 1 b 2",
                "name;id␊a;1;␊;;␊b;2; ␊;;␊       ! a 1 b 2",
                "name;id␊a;1;␊b;2␊               ! a 1 , b 2 RAGGED_ROW",
                "name;id␊a;1␊b;2;␊               ! a 1 b 2 , RAGGED_ROW",
                "name;id;␊a;1␊b;2;␊              ! a 1 , b 2 ,",
                "name;id␊a;b;1;␊c;2;x␊           ! a b 1 , c 2 x RAGGED_ROW RAGGED_ROW",
            })
    void given_a_delimiter_at_the_end_of_all_rows_when_read_then_it_makes_no_cell(String text, String expected) {
        List<Row> rows = rows(text);

        String cells = rows.stream()
                .flatMap(row -> row.cells().stream())
                .map(cell -> cell.toString().isBlank() ? "," : cell.toString())
                .collect(Collectors.joining(" "));
        String codes =
                Dropped.codes(rows).stream().map(code -> " " + code.name()).collect(Collectors.joining());
        assertThat(cells + codes).isEqualTo(expected);
    }

    @Test
    void ragged_row_of_a_rejects_file_stays_rejected_until_it_is_fixed() {
        Row ragged = rows("name,x␊a␊").get(0);
        String told = RejectMark.write(ragged.problem().orElseThrow(), ragged.columns(), ragged.cells());
        List<Row> rows =
                rows("name,x,_Code,_message␊a,,ragged_row,\"%s\"␊a,b,ragged_row,\"%s\"␊a,,,\"%s\"␊c,,name_missing,␊"
                        .formatted(told, told, told));

        assertThat(Dropped.codes(rows)).containsExactly(Code.RAGGED_ROW);
        assertThat(rows.get(0).problem().orElseThrow().message()).isEqualTo(told);
        assertThat(Dropped.codes(rows("name,_code␊a,ragged_row␊"))).containsExactly(Code.RAGGED_ROW);
    }

    @Test
    void bytes_that_are_not_utf8_are_kept_for_the_rejects() {
        byte[] bytes = "name,note\nok,Gr\u00F6\u00DFe\nok,\u00C3\u00B6\nok,\u00C3\u00B6\u00C3\u00B6\n"
                .getBytes(StandardCharsets.ISO_8859_1);

        List<Row> rows = Dropped.bytes(folder, "a.csv", bytes).rows();

        assertThat(rows.get(0).cells().get(1)).hasToString("Gr\uDCF6\uDCDFe");
        Problem problem = Dropped.problem(rows.get(0)).orElseThrow();
        assertThat(problem.code()).isEqualTo(Code.BAD_ENCODING);
        assertThat(problem.column()).isEqualTo("note");
        assertThat(problem.message()).contains("0xF6", "save the file as UTF-8");
        assertThat(rows.get(1)).isEqualTo(Row.of(2, 3, List.of("name", "note"), List.of("ok", "ö")));
    }

    @Test
    void column_without_a_name_is_allowed_twice() {
        assertThat(rows(",name,␊1,a,2␊").get(0).columns()).isEqualTo(List.of("", "name", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "name,id␊a,1␊\"b,2␊c,3␊        ! QUOTE  ! line 3",
                "name,id␊a,1␊b,\"2\"x␊c,3␊     ! QUOTE  ! line 3",
                "name,id␊\"a␊\",1␊b,\"2\"x␊    ! QUOTE  ! line 4",
                "name,id␊a,1␊\"b,2␊\"c\",3␊    ! QUOTE  ! line 3",
            })
    void reading_stops_where_row_boundaries_are_uncertain(String text, Code code, String told) {
        Problem refusal = Dropped.text(folder, "a.csv", text).refusal();

        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.message()).contains(told);
    }

    @Test
    void failure_of_a_pass_is_final() {
        Dropped dropped = Dropped.text(folder, "a.csv", "name,id␊a,1␊b,\"2\"x␊c,3␊");

        Problem refusal = Dropped.refusal(() -> dropped.read(dropped.drop(), rows -> {
            rows.next();
            assertThatThrownBy(rows::next).isInstanceOf(DropRefused.class);
            var unused = rows.hasNext();
        }));

        assertThat(refusal.code()).isEqualTo(Code.QUOTE);
    }

    @Test
    void zero_byte_far_inside_is_refused() {
        Dropped dropped = Dropped.repeated(folder, "a.csv", "name,id\n", "a,1\n", 100_000);
        Problem refusal = Dropped.text(folder, "b.csv", "name,id␊" + "a,1␊".repeat(50_000) + "b\0,2␊")
                .refusal();

        assertThat(dropped.survey().rows()).isGreaterThan(25_000);
        assertThat(refusal.code()).isEqualTo(Code.BINARY);
        assertThat(refusal.message()).contains("byte 200010", "zero byte");
    }

    @Test
    void pass_reports_its_position() throws IOException {
        Dropped dropped = Dropped.repeated(folder, "a.csv.gz", "name,id\n", "a,1\n", 1_000_000);
        try (DropReader reading = DropReader.open(dropped.drop(), ReadLimits.DEFAULT)) {
            assertThat(reading.columns()).isEmpty();
            reading.stream().readAllBytes();
            assertThat(reading.bytesRead()).isEqualTo(dropped.drop().size());
        }
    }

    @Test
    void pass_that_ends_early_is_an_error() {
        Dropped dropped = Dropped.repeated(folder, "a.csv", "name,id\n", "a,1\n", 100_000);

        assertThatThrownBy(() -> dropped.read(dropped.drop(), Iterator::next))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not read to their end");
        assertThat(dropped.format()).isEqualTo(DropFormat.CSV_COMMA);
    }
}
