package org.catalogdrop.input.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.catalogdrop.input.Book;
import org.catalogdrop.input.Dropped;
import org.catalogdrop.model.Code;
import org.catalogdrop.model.DropFormat;
import org.catalogdrop.model.Packing;
import org.catalogdrop.model.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ZipTest {

    private static final String CSV = "name;id\nChair;1\n";

    @TempDir
    Path folder;

    private Dropped zip(String name, Map<String, String> files) {
        return Dropped.bytes(folder, name, Book.zip(new TreeMap<>(files)));
    }

    @ParameterizedTest
    @CsvSource({
        "a.csv.zip,  a.csv,             CSV_SEMICOLON",
        "a.zip,      export/A.CSV,      CSV_SEMICOLON",
        "a.CSV.ZIP,  export,            CSV_SEMICOLON",
        "a.zip,      a.jsonl,           JSON_LINES",
    })
    void only_file_in_a_zip_is_read(String name, String inner, DropFormat format) {
        String text = format == DropFormat.JSON_LINES ? "{\"name\":\"Chair\",\"id\":\"1\"}\n" : CSV;
        Dropped dropped = zip(name, Map.of(inner, text, "__MACOSX/._a.csv", "\0", "export/.DS_Store", "\0"));

        assertThat(dropped.format()).isEqualTo(format);
        assertThat(dropped.drop().shape().packing()).isEqualTo(Packing.ZIP);
        assertThat(dropped.rows().get(0).cells()).isEqualTo(List.of("Chair", "1"));
    }

    static Stream<Arguments> bad() {
        byte[] good = Book.zip(Map.of("a.csv", CSV));
        byte[] locked = good.clone();
        for (int i = 0; i + 3 < good.length; i++) {
            if (good[i] == 'P' && good[i + 1] == 'K' && (good[i + 2] == 1 || good[i + 2] == 3)) {
                locked[i + (good[i + 2] == 1 ? 8 : 6)] |= 1;
            }
        }
        byte[] damaged = good.clone();
        int sum = indexOfSum(damaged);
        damaged[sum] ^= 1;
        return Stream.of(
                Arguments.of("two", Book.zip(new TreeMap<>(Map.of("a.csv", CSV, "b.csv", CSV))), "found 2 among 2"),
                Arguments.of(
                        "no table", Book.zip(new TreeMap<>(Map.of("a.txt", CSV, "b.pdf", CSV))), "found 0 among 2"),
                Arguments.of("none", Book.zip(Map.of("__MACOSX/x", "")), "it is empty"),
                Arguments.of("nested", Book.zip(Map.of("a.zip", "PK")), "packed itself"),
                Arguments.of("workbook inside", Book.zip(Map.of("a.xlsx", "PK")), "packed itself"),
                Arguments.of("gzip inside", Book.zip(Map.of("a.csv.gz", "")), "packed itself"),
                Arguments.of("locked", locked, "encrypted"),
                Arguments.of("cut", Arrays.copyOf(good, good.length - 30), "truncated"),
                Arguments.of("damaged", damaged, "checksum"),
                Arguments.of("no zip", CSV.getBytes(StandardCharsets.UTF_8), "it is text, such as CSV"));
    }

    @ParameterizedTest
    @CsvSource({"readme.txt", "export/desktop.ini", "Thumbs.db", "licence.pdf"})
    void given_one_table_beside_other_files_when_read_then_it_is_the_table(String beside) {
        Dropped dropped = zip("a.zip", Map.of("export/rows.csv", CSV, beside, "hello"));

        assertThat(dropped.rows().get(0).cells()).isEqualTo(List.of("Chair", "1"));
    }

    private static int indexOfSum(byte[] zip) {
        for (int i = 0; ; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1) {
                return i + 16;
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bad")
    void other_zip_files_are_refused(String what, byte[] bytes, String told) {
        Problem refusal = Dropped.bytes(folder, "a.csv.zip", bytes).refusal();

        assertThat(refusal.code()).isEqualTo(Code.BAD_ZIP);
        assertThat(refusal.message()).contains(told, "The ZIP file cannot be read");
    }

    @Test
    void zip_bomb_is_refused() {
        Dropped bomb =
                zip("a.zip", Map.of("a.csv", CSV + "x;1\n".repeat(1 << 18))).within(new ReadLimits(1 << 18, 1 << 10));

        assertThat(bomb.refusal().code()).isEqualTo(Code.TOO_LARGE);
    }

    @Test
    void type_is_that_of_the_name_inside() {
        assertThat(zip("a.zip", Map.of("a.txt", CSV)).refusal().code()).isEqualTo(Code.UNKNOWN_TYPE);
        assertThat(zip("a.zip", Map.of("a.csv", "")).refusal().code()).isEqualTo(Code.EMPTY_DROP);
    }

    @Test
    void given_text_named_zip_when_refused_then_the_message_says_that_it_is_no_zip_file() {
        Problem problem = Dropped.text(folder, "a.zip", CSV).refusal();

        assertThat(problem.code()).isEqualTo(Code.BAD_ZIP);
        assertThat(problem.message())
                .contains("it is text, such as CSV, not a ZIP file")
                .doesNotContain("workbook");
    }
}
