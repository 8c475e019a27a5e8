package org.catalogdrop.results.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is read back by the parser drops are read with. */
class CsvTest {

    /** What has a meaning somewhere, blanks, what no encoding likes, and plain text. */
    private static final String SIGNS = ",;\t|'\"\"\n\r =+-@?\u0000\u007F\u00A0é€\uFF1D\\#abc012";

    private static final int ROWS = 2000;
    private static final int CELLS = 3;

    private final Random random = new Random(20261128);

    @TempDir
    Path temp;

    private interface Writing {
        void cell(Utf8File sink, String text) throws IOException;
    }

    /** The rows as a reader has them that also takes blanks around a cell for none of it. */
    private List<List<String>> readBack(Csv form, List<List<String>> rows, Writing writing) throws IOException {
        Path file = temp.resolve("cells.csv");
        try (Utf8File sink = new Utf8File(file)) {
            for (List<String> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    if (i > 0) {
                        sink.put(form.delimiter());
                    }
                    writing.cell(sink, row.get(i));
                }
                sink.put('\n');
            }
            sink.finish();
        }
        CSVFormat format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(form.delimiter())
                .setQuote(form.quote().orElse(null))
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(form.quote().isPresent())
                .get();
        try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8), format)) {
            return parser.stream().map(line -> line.toList()).toList();
        }
    }

    private String cell() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(5); left > 0; left--) {
            text.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        return text.toString();
    }

    private List<List<String>> rows() {
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            rows.add(List.of(cell(), cell(), "end"));
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '!',
            delimiter = ' ',
            value = {", \"", "; \"", "| \"", "# \"", ", '", "; '", "a \""})
    void cells_are_read_back_as_they_were(char delimiter, char quote) throws IOException {
        Csv form = new Csv(delimiter, Optional.of(quote));
        List<List<String>> rows = rows();

        assertThat(readBack(form, rows, form::cell)).isEqualTo(rows);
        assertThat(readBack(form, rows, form::header)).isEqualTo(rows);
    }

    @Test
    void without_quotes_characters_that_need_them_become_blanks() throws IOException {
        Csv form = new Csv(';', Optional.empty());
        List<List<String>> rows = rows();

        List<List<String>> blanks = rows.stream()
                .map(row -> row.stream()
                        .map(text -> text.replaceAll("[;\n\r\t]", " "))
                        .toList())
                .toList();
        assertThat(readBack(form, rows, form::cell)).isEqualTo(blanks);
        assertThat(blanks.get(0)).hasSize(CELLS);
    }

    @Test
    void shown_cells_are_no_formulas() throws IOException {
        List<List<String>> rows = rows();

        List<List<String>> shown =
                readBack(new Csv(',', Optional.of('"')), rows, new Csv(',', Optional.of('"'))::shown);

        for (int i = 0; i < ROWS; i++) {
            for (int cell = 0; cell < CELLS; cell++) {
                String text = rows.get(i).get(cell);
                boolean runs = !text.isEmpty() && "=+-@\t\r\n\uFF1D".indexOf(text.charAt(0)) >= 0;
                assertThat(shown.get(i).get(cell)).isEqualTo(runs ? "'" + text : text);
            }
        }
    }
}
