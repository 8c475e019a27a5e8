package org.catalogdrop.input.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.catalogdrop.input.Dropped.literal;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.catalogdrop.input.Dropped;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {

    private static final String NAME = "{\"name\":\"a\"}";

    @TempDir
    Path folder;

    private List<Row> rows(String text) {
        return Dropped.text(folder, "a.ndjson", text).rows();
    }

    @Test
    void each_line_is_a_row() {
        List<Row> rows = rows(NAME + "␍␊␊ ␍␊{\"name\":1.50}␊ {\"id\":null} ");

        assertThat(rows)
                .containsExactly(
                        Row.of(1, 1, List.of("name"), List.of("a")),
                        Row.of(2, 4, List.of("name"), List.of(literal("1.50"))),
                        Row.of(3, 5, List.of("id"), List.of(literal("null"))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '#',
            value = {
                "{\"name\":\"x       ! too early",
                "{\"name\":1}}       ! Unexpected close marker",
                "{\"name\":1} {}     ! more text",
                "[1,2]               ! an array",
                "\"text\"            ! text",
                "hello               ! Unrecognized token",
                "{\"a\":\"�\",}      ! Unexpected character",
            })
    void line_that_is_no_row_is_rejected_and_the_next_one_read(String line, String told) {
        List<Row> rows = rows(NAME + "␊" + line + "␊" + NAME);

        assertThat(rows).hasSize(3);
        assertThat(Dropped.codes(rows)).containsExactly(Code.MALFORMED_LINE);
        assertThat(rows.get(1).columns()).isEqualTo(List.of("_line"));
        assertThat(rows.get(1).cells()).isEqualTo(List.of(line));
        assertThat(rows.get(1).problem().orElseThrow().message()).contains(told);
        assertThat(rows.get(2)).isEqualTo(Row.of(3, 3, List.of("name"), List.of("a")));
    }

    @Test
    void rejected_line_that_was_fixed_is_read() {
        List<Row> rows = rows("{\"_line\":\"{\\\"name\\\":\\\"a\\\"}\",\"Name\":\"b\",\"_code\":\"malformed_line\"}␊"
                + "{\"_line\":\"{\\\"name\",\"_code\":\"malformed_line\"}␊{\"_line\":\"\",\"name\":\"c\"}");

        assertThat(rows.get(0)).isEqualTo(Row.of(1, 1, List.of("name", "_code"), List.of("a", "malformed_line")));
        assertThat(Dropped.codes(rows)).containsExactly(Code.MALFORMED_LINE);
        assertThat(rows.get(1).cells()).isEqualTo(List.of("{\"name", "malformed_line"));
        assertThat(rows.get(2)).isEqualTo(Row.of(3, 3, List.of("_line", "name"), List.of("", "c")));
    }

    @Test
    void bytes_that_are_not_utf8_are_kept_for_the_rejects() {
        byte[] bytes = "{\"name\":\"\u00C3\u00B6\u00C3\u00B6\u00C3\u00B6\"}\n{\"name\":\"Gr\u00F6\u00DFe\"}\r\n"
                .getBytes(StandardCharsets.ISO_8859_1);

        List<Row> rows = Dropped.bytes(folder, "a.jsonl", bytes).rows();

        assertThat(Dropped.codes(rows)).containsExactly(Code.BAD_ENCODING);
        assertThat(rows.get(1).cells()).isEqualTo(List.of("{\"name\":\"Gr\uDCF6\uDCDFe\"}"));
        assertThat(rows.get(1).problem().orElseThrow().message()).contains("0xF6");
    }

    @Test
    void line_that_is_too_long_is_rejected() {
        String longLine = "{\"name\":\"" + "ä𝄞".repeat(100_000) + "\"}";
        Dropped dropped = Dropped.text(folder, "a.ndjson", NAME + "␊" + longLine + "␍␊" + NAME + "␊" + longLine);

        List<Row> rows = dropped.within(new ReadLimits(1, 20_000)).rows();

        assertThat(Dropped.codes(rows)).containsExactly(Code.ROW_TOO_LONG, Code.ROW_TOO_LONG);
        assertThat(Dropped.lines(rows)).containsExactly(1L, 2L, 3L, 4L);
        String kept = (String) rows.get(1).cells().get(0);
        assertThat(kept).startsWith("{\"name\":\"ä𝄞ä").hasSizeBetween(199, 201).endsWith("…");
        assertThat(kept.substring(0, kept.length() - 1)).isSubstringOf(longLine);
    }

    @Test
    void line_of_the_greatest_length_is_read() {
        int bytes = 20_000;
        String line = "{\"name\":\"" + "x".repeat(bytes - 11) + "\"}";
        for (String end : List.of("", "␊", "␍␊")) {
            ReadLimits limits = new ReadLimits(1, bytes);
            assertThat(Dropped.text(folder, "a.ndjson", NAME + "␊" + line + end)
                            .within(limits)
                            .survey()
                            .problems())
                    .isEmpty();
            assertThat(Dropped.text(folder, "a.ndjson", NAME + "␊" + line + " " + end)
                            .within(limits)
                            .survey()
                            .problems())
                    .isEqualTo(Dropped.once(Code.ROW_TOO_LONG));
        }
    }

    @Test
    void line_with_endless_nesting_is_rejected() {
        List<Row> rows = rows(NAME + "␊{\"a\":" + "[".repeat(100_000) + "␊" + NAME);

        assertThat(rows).hasSize(3);
        assertThat(Dropped.codes(rows)).containsExactly(Code.MALFORMED_LINE);
        assertThat(rows.get(1).problem().orElseThrow().message()).contains("100 levels");
    }

    @Test
    void byte_order_mark_alone_on_a_line_is_no_row() {
        List<Row> rows = rows(NAME + "␊\uFEFF␊\uFEFF" + NAME);

        assertThat(Dropped.codes(rows)).containsExactly(Code.MALFORMED_LINE);
        assertThat(rows.get(2).cells()).isEqualTo(List.of("a"));
    }
}
