package org.catalogdrop.input.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.Random;
import org.catalogdrop.input.DropReader;
import org.catalogdrop.input.Dropped;
import org.catalogdrop.input.stream.ReadLimits;
import org.catalogdrop.model.Drop;
import org.catalogdrop.model.DropRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRowCounterTest {

    private static final ReadLimits LIMITS = new ReadLimits(1 << 20, 1 << 10);

    @TempDir
    Path folder;

    private OptionalLong count(Dropped dropped) throws IOException {
        try (DropReader reading = DropReader.open(dropped.drop(), LIMITS)) {
            OptionalLong rows = reading.countRows();
            if (rows.isPresent()) {
                reading.verify();
            }
            return rows;
        }
    }

    private Dropped csv(String name, String text) {
        return Dropped.text(folder, name, text).within(LIMITS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "name,id␊a,1␊b,2␊              ! 2",
                "name,id␍␊a,1␍␊b,2             ! 2",
                "name,id␍␍a,1␍b,2␍             ! 2",
                "␊,␊name,id␊ ␊a,1␊\" ␊\"␊b,␊,␊ ! 3",
                "name,id␊\"a\"\"␊,\",1␊b\"b,2␊ ! 2",
                "name␊\"a,b␍␊c\"␍␊             ! 1",
                "name,id                       ! 0",
                "name␊A␊\"\"␊B␊                 ! 3",
                "\"\"␊name␊\" \"␍␊  ␍␊\"\"      ! 2",
            })
    void rows_are_counted_as_the_parser_does(String text, long rows) throws IOException {
        assertThat(count(csv("a.csv", text))).hasValue(rows);
        assertThat(csv("a.csv", text).rows()).hasSize((int) rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name,id␊\"a\"b,1␊", "name,id␊\"a\" ,1␊", "name,id␊a,\"1␊"})
    void unusual_csv_is_left_to_the_parser(String text) throws IOException {
        assertThat(count(csv("a.csv", text))).isEmpty();
    }

    @Test
    void row_beyond_the_limit_is_left_to_the_parser() throws IOException {
        assertThat(count(csv("a.csv", "name␊" + "x".repeat(1000) + "␊"))).hasValue(1);
        assertThat(count(csv("a.csv", "name␊" + "x".repeat(1100) + "␊y␊"))).isEmpty();
    }

    @Test
    void json_is_left_to_its_parser() throws IOException {
        assertThat(count(csv("a.ndjson", "{\"name\":\"a\"}"))).isEmpty();
    }

    /** What it counts, the parser reads to the end and counts too; seeded, so that a failure comes again. */
    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "a.tsv", "a.csv.gz"})
    void counting_never_contradicts_the_parser(String name) throws IOException {
        String[] parts = {"a", "\"", "\"", ",", ",", ";", "\t", "\r", "\n", "\r\n", " ", "é", "\u001F", "\u0085", "\""};
        Random random = new Random(20261124);
        int counted = 0;
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder(name.contains("tsv") ? "name\tid\n" : "name,id\n");
            for (int length = random.nextInt(14); length >= 0; length--) {
                text.append(parts[random.nextInt(parts.length)]);
            }
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            Dropped dropped = Dropped.bytes(folder, name, name.endsWith("gz") ? Dropped.gzip(bytes) : bytes);
            OptionalLong rows = count(dropped);
            if (rows.isPresent()) {
                counted++;
                assertThat(dropped.survey().rows()).as(text.toString()).isEqualTo(rows.getAsLong());
            }
        }
        assertThat(counted).isGreaterThan(500);
    }

    @Test
    void changed_file_is_detected() throws IOException {
        Drop before = csv("a.csv", "name␊a␊").drop();
        csv("a.csv", "name␊b␊");
        try (DropReader reading = DropReader.open(before, LIMITS)) {
            assertThat(reading.countRows()).hasValue(1);
            assertThat(catchThrowableOfType(DropRefused.class, reading::verify)).isNotNull();
        }
    }
}
