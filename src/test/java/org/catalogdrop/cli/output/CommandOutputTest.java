package org.catalogdrop.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catalogdrop.cli.CatalogDropMain;
import org.catalogdrop.scenario.CommandSandbox;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command whose words are lost does not end as if they had been told. */
class CommandOutputTest extends CommandSandbox {

    private static final Path FULL = Path.of("/dev/full");

    @BeforeEach
    void lay() throws Exception {
        Files.writeString(home.resolve("drop.csv"), "name\nPencil\n");
        Files.writeString(home.resolve("strange.csv"), "title,price\nPencil,3\n");
        Files.writeString(
                Files.createDirectories(home.resolve("mappings")).resolve("nightly.yaml"),
                "drops: \"nightly*.csv\"\naction: upsert\nkey: sku\ncatalog: 4220\nname: {column: sku}\n");
    }

    private int run(OutputStream out, String words) {
        String[] told = words.replace("HOME", home.toString()).split(" ");
        return CatalogDropMain.commandLine(new CommandOutput(out))
                .setErr(new PrintWriter(err, true))
                .execute(told);
    }

    private int onFullDisk(String words) throws IOException {
        assumeThat(FULL).exists();
        try (OutputStream full = new FileOutputStream(FULL.toFile())) {
            return run(full, words);
        }
    }

    private static OutputStream closedPipe() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().close();
        return Channels.newOutputStream(pipe.sink());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list",
                "list --format json",
                "status",
                "plan HOME/drop.csv",
                "load HOME/drop.csv",
                "mapping init HOME/strange.csv",
                "keys sync",
                "help load",
                "load --help"
            })
    void on_a_full_disk_it_ends_with_1_and_says_so(String words) throws Exception {
        assertThat(onFullDisk(words)).as(err.toString()).isEqualTo(1);
        assertThat(err.toString())
                .contains("the output could not be written completely (No space left on device)")
                .doesNotContain("\tat ", "fault of the program");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "list --format ndjson", "status", "load HOME/drop.csv"})
    void nothing_is_reported_to_a_closed_output(String words) throws Exception {
        try (OutputStream closed = closedPipe()) {
            assertThat(run(closed, words)).isEqualTo(1);
        }
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void what_a_load_has_done_is_done() throws Exception {
        assertThat(onFullDisk("load HOME/drop.csv")).isEqualTo(1);
        assertThat(sandbox.store().elements(Loading.LIST)).hasSize(1);
        Path results;
        try (var folders = Files.list(home.resolve("outbox"))) {
            results = folders.filter(Files::isDirectory).findFirst().orElseThrow();
        }
        assertThat(results.resolve("mapping.json")).exists();
        assertThat(onFullDisk("verify " + results + " --drop HOME/drop.csv")).isEqualTo(1);
    }

    @Test
    void wrong_usage_stays_wrong_usage() throws Exception {
        assertThat(onFullDisk("load HOME/none.csv")).isEqualTo(2);
        assertThat(err.toString()).contains("none.csv is not a file").doesNotContain("output could not");
    }
}
