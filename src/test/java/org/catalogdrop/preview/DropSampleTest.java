package org.catalogdrop.preview;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.catalogdrop.config.Settings;
import org.catalogdrop.config.SettingsReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of a file that are kept while its mapping is edited. */
class DropSampleTest {

    @TempDir
    Path home;

    private Settings.Drops drops() {
        Map<String, String> settings = Map.of(
                "kommo.base-url", "http://127.0.0.1:1",
                "kommo.access-token", "t",
                "kommo.catalog-id", "4220",
                "drop.home", home.toString());
        return SettingsReader.read(key -> Optional.ofNullable(settings.get(key)), true)
                .drops();
    }

    private static long characters(DropSample sample) {
        return sample.rows().stream()
                .flatMap(row -> row.cells().stream())
                .mapToLong(CellText::size)
                .sum();
    }

    @Test
    void given_cells_of_a_megabyte_when_a_sample_is_read_then_they_are_cut() throws Exception {
        String long1 = "x".repeat(1 << 20);
        Path csv = Files.writeString(home.resolve("a.csv"), "Titel;Text\nAnt;" + long1 + "\nBee;y\n");
        Path json = Files.writeString(
                home.resolve("a.json"), "[{\"t\":\"A\",\"o\":{\"l\":[\"" + long1 + "\"]}},{\"t\":\"" + long1 + "\"}]");

        DropSample table = DropSample.read(csv, "a.csv", drops());
        assertThat(table.rows()).hasSize(2);
        assertThat(characters(table)).isLessThan(3000);
        assertThat(characters(DropSample.read(json, "a.json", drops()))).isLessThan(5000);
    }

    @Test
    void given_a_thousand_long_rows_when_a_sample_is_read_then_it_has_fewer_of_them_and_the_last_ones()
            throws Exception {
        Path csv = home.resolve("wide.csv");
        String cells = ";" + "y".repeat(1500);
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write("c0;c1;c2;c3;c4;c5;c6;c7\n");
            for (int row = 1; row <= 1000; row++) {
                out.write(row + cells.repeat(7) + "\n");
            }
        }

        DropSample sample = DropSample.read(csv, "wide.csv", drops());

        assertThat(characters(sample)).isLessThan(5L << 20);
        assertThat(sample.rows().get(sample.rows().size() - 1).number()).isEqualTo(1000);
        assertThat(sample.rows()).hasSizeBetween(300, 600);
    }
}
