package org.catalogdrop.input.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.Dropped;
import org.catalogdrop.input.row.FormatHints;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DetectedBy;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectDetectorTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '^',
            value = {
                "name|cf:1␊a,b|c;d␊                     ! CSV_PIPE      ! | ! CONTENT ! a,b ! 2",
                "sep=;␍␊name;cf:1␍␊a,b;c;d␍␊           ! CSV_SEMICOLON ! ; ! MARK    ! a,b ! 3",
                "SEP=,␊name,cf:1␊\"a,b\",c␊             ! CSV_COMMA     ! , ! MARK    ! a,b ! 3",
                "\"sep=;\"␊name;cf:1␊a,b;c␊             ! CSV_SEMICOLON ! ; ! MARK    ! a,b ! 3",
                "sep=^^~␊␊name~cf:1␊a,b~c␊              ! CSV_OTHER     ! ~ ! MARK    ! a,b ! 4",
                "'name','cf:1'␊'a,b','it''s'␊           ! CSV_OTHER     ! , ! CONTENT ! a,b ! 2",
                "name,cf:1␊'a␊b',c␊                     ! CSV_COMMA     ! , ! CONTENT ! 'a  ! 2",
            })
    void delimiter_and_quote_are_detected(
            String text, DropFormat format, char delimiter, DetectedBy by, String first, long line) throws IOException {
        Dropped dropped = Dropped.text(folder, "a.csv", text.replace("^", ""));

        Drop drop = dropped.drop();
        assertThat(drop.format()).isEqualTo(format);
        assertThat(drop.shape().delimiter()).isEqualTo(delimiter);
        assertThat(drop.shape().delimiterBy()).isEqualTo(by);
        List<Row> rows = dropped.rows();
        assertThat(rows.get(0).cells().get(0)).isEqualTo(first.strip());
        assertThat(rows.get(0).line()).isEqualTo(line);
        try (DropReader reading = DropReader.open(drop, ReadLimits.DEFAULT)) {
            reading.countRows().ifPresent(count -> assertThat(count).isEqualTo(rows.size()));
        }
    }

    @Test
    void rows_after_a_sep_line_are_counted() throws IOException {
        for (String mark : List.of("", "\uFEFF")) {
            Dropped dropped = Dropped.text(folder, "a.csv", mark + "sep=;␊␊name;id␊a;1␊b;2");
            try (DropReader reading = DropReader.open(dropped.drop(), ReadLimits.DEFAULT)) {
                assertThat(reading.countRows()).hasValue(2);
            }
        }
        assertThat(Dropped.text(folder, "b.csv", "sep=;␊").refusal().code()).isEqualTo(Code.EMPTY_DROP);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '^',
            value = {
                "name:cf␊a,b:c␊           ! :  ! \" ! a,b",
                "name;cf␊'a;b';c␊         ! ;  ! '  ! a;b",
                "name,cf␊\"a\" b,c\"␊     ! ,  ! -  ! \"a\" b",
            })
    void given_set_format_when_read_then_it_is_used(String text, char delimiter, char quote, String first) {
        Dropped dropped = Dropped.text(folder, "a.csv", text);
        FormatHints expected = new FormatHints(
                Optional.empty(),
                Optional.of(delimiter),
                Optional.of(new FormatHints.Quote(Optional.of(quote).filter(c -> c != '-'))));

        Drop drop = new DropInspector(ReadLimits.DEFAULT, List.of(), expected).identify(dropped.file(), "a.csv");

        assertThat(drop.shape().delimiterBy()).isEqualTo(DetectedBy.SETTING);
        List<Row> rows = new ArrayList<>();
        dropped.read(drop, it -> it.forEachRemaining(rows::add));
        assertThat(rows.get(0).cells().get(0)).isEqualTo(first);
        assertThat(rows.get(0).problem()).isEmpty();
    }

    @Test
    void sep_line_in_utf16_is_read() {
        byte[] bytes = "\uFEFFsep=\t\r\nname\tcf:1\r\nСтол\t1\r\n".getBytes(Charset.forName("UTF-16LE"));

        Dropped dropped = Dropped.bytes(folder, "a.csv", bytes);

        assertThat(dropped.rows()).containsExactly(Row.of(1, 3, List.of("name", "cf:1"), List.of("Стол", "1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "n;p␊plain;1.234,50␊euro;-950,00 €␊unit;12,50 EUR␊                  ! ; ! n ! 0",
                "name;text␊Cable;red, blue, green␊Plug;black, white, grey␊          ! ; ! name ! 0",
                "Prices, as of today␊␊SKU;Name;Price␊1;Cable;12,50␊2;Plug;3,00␊      ! ; ! SKU ! 3",
                "sku⇥text⇥note⇥size␊1⇥a, b, c, d, e␊2⇥f, g, h, i, j␊3⇥k, l, m, n, o␊ ! ⇥ ! sku ! 0",
            })
    void given_texts_with_commas_when_any_columns_will_do_then_the_header_is_not_a_row_of_them(
            String text, String delimiter, String column, int header) throws IOException {
        Dropped dropped = Dropped.text(folder, "a.csv", text);

        Drop drop = DropInspector.ofAnyColumns(ReadLimits.DEFAULT, FormatHints.NOTHING)
                .identify(dropped.file(), "a.csv");

        assertThat(drop.shape().delimiter())
                .isEqualTo(Dropped.visible(delimiter).charAt(0));
        assertThat(drop.shape().table().header()).isEqualTo(header);
        List<Row> rows = new ArrayList<>();
        dropped.read(drop, read -> read.forEachRemaining(rows::add));
        assertThat(rows.get(0).columns().get(0)).isEqualTo(column);
    }
}
