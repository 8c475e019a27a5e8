package org.catalogdrop.input.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.Dropped;
import org.catalogdrop.input.row.RowFilter;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.catalogdrop.model.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowSeekTest {

    private static final ReadLimits LIMITS = new ReadLimits(1 << 20, 1 << 10);

    @TempDir
    Path folder;

    private record Settled(LongPredicate numbers, Predicate<Row> rows) implements RowFilter {

        @Override
        public boolean mayBegin(List<String> columns) {
            return !columns.contains("request_id");
        }

        @Override
        public boolean passes(long number) {
            return numbers.test(number);
        }

        @Override
        public boolean passes(Row row) {
            return rows.test(row);
        }
    }

    private static Optional<CsvPlace> seek(Drop drop, LongPredicate numbers, Predicate<Row> rows) throws IOException {
        try (DropReader reading = DropReader.open(drop, LIMITS)) {
            return reading.seek(new Settled(numbers, rows));
        }
    }

    private static List<Row> rows(Drop drop, Optional<CsvPlace> place) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (DropReader reading =
                place.isPresent() ? DropReader.open(drop, LIMITS, place.get()) : DropReader.open(drop, LIMITS)) {
            Iterator<Row> read = reading.csv(reading.records());
            read.forEachRemaining(rows::add);
            reading.verify();
        }
        return rows;
    }

    @Test
    void rows_are_skipped_by_number_and_by_content() throws IOException {
        Drop drop = Dropped.text(folder, "a.csv", "name,id␊a,1␊b,2␊\"c␊c\",3␊␊d,4␊e,5␊")
                .drop();
        Optional<CsvPlace> place =
                seek(drop, number -> number <= 2, row -> row.cells().contains("3"));
        assertThat(place.orElseThrow().rows()).isEqualTo(3);
        assertThat(rows(drop, place))
                .extracting(row -> row.number() + "/" + row.line() + " " + row.cells())
                .containsExactly("4/7 [d, 4]", "5/8 [e, 5]");
    }

    @Test
    void rows_whose_only_cell_is_empty_are_skipped() throws IOException {
        Drop drop =
                Dropped.text(folder, "a.csv", "name␊\"\"␊␊\"  \"␊a␊\"\"␊ ␊\"\"").drop();
        Optional<CsvPlace> place =
                seek(drop, number -> number <= 2, row -> row.cells().contains("a"));
        assertThat(rows(drop, place))
                .extracting(row -> row.number() + "/" + row.line() + " " + row.cells())
                .containsExactly("4/6 []", "5/8 []");
    }

    @Test
    void end_is_found_if_no_row_is_left() throws IOException {
        Drop drop = Dropped.text(folder, "a.csv", "name,id␊a,1␊b,2").drop();
        Optional<CsvPlace> place = seek(drop, number -> true, row -> false);
        assertThat(place.orElseThrow().rows()).isEqualTo(2);
        assertThat(rows(drop, place)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"name,request_id␊a,1␊", "name␊\"a\"b␊", "name␊\"a␊", "sep=,␊name,id␊a,1␊"})
    void unusual_csv_is_left_to_a_reading_of_all_rows(String text) throws IOException {
        Drop unusual = Dropped.text(folder, "a.csv", text).drop();
        assertThat(seek(unusual, number -> true, row -> true)).isEmpty();
    }

    @Test
    void change_of_a_skipped_row_is_detected() throws IOException {
        Drop before = Dropped.text(folder, "a.csv", "name␊a␊b␊").drop();
        Optional<CsvPlace> place = seek(before, number -> number == 1, row -> false);
        Dropped.text(folder, "a.csv", "name␊c␊b␊");
        assertThat(catchThrowableOfType(DropRefused.class, () -> rows(before, place)))
                .isNotNull();
    }

    /** From wherever it begins, a pass gives the rows that one from the first row gives; seeded, so that a failure comes again. */
    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.tsv", "a.csv.gz"})
    void counting_never_contradicts_the_parser(String name) throws IOException {
        String[] parts = {
            "a", "\"", "\"", ",", ",", ";", "\t", "\r", "\n", "\r\n", " ", "é", "\u001F", "\u0085", "\"", "\n"
        };
        Random random = new Random(20261124);
        int sought = 0;
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(random.nextInt(5) == 0 ? "\r\n" : "");
            text.append(name.contains("tsv") ? "name\tid" : "name,id").append(random.nextBoolean() ? "\n" : "\r\n");
            for (int length = random.nextInt(20); length >= 0; length--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            Drop drop = Dropped.bytes(folder, name, name.endsWith("gz") ? Dropped.gzip(bytes) : bytes)
                    .drop();
            long settled = random.nextInt(4);
            Optional<CsvPlace> place = seek(drop, number -> number <= settled, row -> false);
            if (place.isPresent()) {
                List<Row> all;
                try {
                    all = rows(drop, Optional.empty());
                } catch (DropRefused unusualFurtherOn) {
                    continue;
                }
                sought++;
                assertThat(rows(drop, place))
                        .as(text.toString())
                        .isEqualTo(all.subList((int) Math.min(settled, all.size()), all.size()));
            }
        }
        assertThat(sought).isGreaterThan(500);
    }
}
