package org.catalogdrop.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.input.Dropped.literal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Problem;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonArrayTest {

    @TempDir
    Path folder;

    private List<Row> rows(String text) {
        return Dropped.text(folder, "a.json", text).rows();
    }

    @Test
    void values_are_kept_digit_for_digit() {
        List<Row> rows = rows("[{\"name\":\"00123\",\"a\":1.10,\"b\":1E5,\"c\":12345678901234567890,\"d\":-0.0},"
                + "{\"x\":true,\"y\":null,\"z\":false}]");

        assertThat(rows.get(0).cells())
                .isEqualTo(List.of(
                        "00123", literal("1.10"), literal("1E5"), literal("12345678901234567890"), literal("-0.0")));
        assertThat(rows.get(1).columns()).isEqualTo(List.of("x", "y", "z"));
        assertThat(rows.get(1).cells()).isEqualTo(List.of(literal("true"), literal("null"), literal("false")));
    }

    @Test
    void nested_values_are_kept() {
        List<Row> rows = rows("[{\"custom_fields\":[{\"id\":7,\"values\":[{\"value\":\"a\"},5,[]]}]}]");

        assertThat(rows.get(0).cells())
                .isEqualTo(List.of(List.of(
                        Map.of("id", literal("7"), "values", List.of(Map.of("value", "a"), literal("5"), List.of())))));
        assertThat(rows.get(0).problem()).isEmpty();
    }

    @Test
    void row_has_the_line_on_which_it_starts() {
        assertThat(Dropped.lines(rows("␊[␊{\"name\":␊1},{␍␊\"name\":2}␍␊,␍{\"name\":3}]␊")))
                .containsExactly(3L, 4L, 7L);
    }

    @Test
    void rows_share_their_columns_until_they_differ() {
        List<Row> rows = rows("[{\"a\":1,\"b\":2},{\"a\":1,\"b\":2},{\"a\":1},{\"a\":1,\"c\":2},{},{\"a\":1}]");

        assertThat(rows.get(1).columns()).isSameAs(rows.get(0).columns());
        assertThat(rows.stream().map(Row::columns))
                .containsExactly(
                        List.of("a", "b"), List.of("a", "b"), List.of("a"), List.of("a", "c"), List.of(), List.of("a"));
    }

    @Test
    void empty_array_has_no_rows() {
        assertThat(rows("[]")).isEmpty();
        assertThat(rows(" [ ␊ ] ␊")).isEmpty();
    }

    @Test
    void row_that_is_no_object_is_rejected() {
        List<Row> rows = rows("[{\"name\":\"a\"},[1,\"x\"],null,\"text\",{\"name\":\"b\"}]");

        assertThat(Dropped.codes(rows)).containsExactly(Code.NOT_AN_OBJECT, Code.NOT_AN_OBJECT, Code.NOT_AN_OBJECT);
        assertThat(rows.get(1).columns()).isEqualTo(List.of("_row"));
        assertThat(rows.stream().map(Row::cells).skip(1))
                .containsExactly(
                        List.of(List.of(literal("1"), "x")), List.of(literal("null")), List.of("text"), List.of("b"));
        assertThat(rows.get(4).number()).isEqualTo(5);
    }

    @Test
    void duplicate_column_is_returned_both_times() {
        List<Row> rows = rows("[{\"Name\":\"a\",\"x\":1,\"name\":\"b\"},{\"Name\":\"a\",\"x\":1,\"name\":\"c\"},"
                + "{\"x\":{\"id\":1,\"id\":2}},{\"x\":{\"id\":1}}]");

        assertThat(Dropped.codes(rows)).containsExactly(Code.DOUBLE_COLUMN);
        assertThat(rows.get(0).columns()).isEqualTo(List.of("Name", "x", "name"));
        assertThat(rows.get(0).cells()).isEqualTo(List.of("a", literal("1"), "b"));
        assertThat(Dropped.problem(rows.get(2)).orElseThrow().column()).isEqualTo("id");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '#',
            value = {
                "[{\"name\":1},␊{\"name\":          ! line 2, column 9   ! after row 1   ! too early",
                "[{\"name\":1},␊{\"name\":2}         ! line 2, column 11  ! after row 2   ! too early",
                "[{\"name\":1},␊{\"name\":\"x        ! line 2, column 11  ! after row 1   ! too early",
                "[{\"name\":1}]␊]                    ! line 2, column     ! after row 1   ! Unexpected",
                "[{\"name\":1}]␊{}                   ! line 2, column 1   ! after row 1   ! found more text after the closing ]",
                "[{\"name\":1}{\"name\":2}]          ! line 1, column 12  ! after row 1   ! comma",
                "[{\"name\":1},]                     ! line 1, column     ! after row 1   ! Unexpected",
                "[{name:1}]                          ! line 1, column     ! first row     ! double-quote",
                "[{\"id\":0123}]                     ! line 1, column     ! first row     ! leading zero",
            })
    void broken_json_is_refused(String text, String place, String row, String told) {
        Problem refusal = Dropped.text(folder, "a.json", text).refusal();

        assertThat(refusal.code()).isEqualTo(Code.MALFORMED_JSON);
        assertThat(refusal.message()).contains(place, row).containsIgnoringCase(told);
    }

    @Test
    void damaged_utf8_is_refused() {
        byte[] bytes = "[{\"a\":\"\u00C3\u00B6\u00C3\u00B6\u00C3\u00B6\",\"name\":\"Gr\u00F6\u00DFe\"}]"
                .getBytes(StandardCharsets.ISO_8859_1);

        Problem refusal = Dropped.bytes(folder, "a.json", bytes).refusal();

        assertThat(refusal.code()).isEqualTo(Code.MALFORMED_JSON);
        assertThat(refusal.message()).contains("UTF-8", "line 1");
    }

    @ParameterizedTest
    @CsvSource({"a.json, [{\"a\":[", "a.json, [[", "a.json, {\"add\":[["})
    void endless_nesting_is_refused(String name, String start) {
        Problem refusal =
                Dropped.text(folder, name, start + "[".repeat(100_000)).refusal();

        assertThat(refusal.code()).isEqualTo(Code.MALFORMED_JSON);
        assertThat(refusal.message()).contains("more than 100 levels");
    }

    @Test
    void nesting_within_bounds_is_read() {
        assertThat(rows("[{\"a\":" + "[".repeat(95) + "]".repeat(95) + "}]")
                        .get(0)
                        .problem())
                .isEmpty();
    }
}
