package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.catalogdrop.input.DropInspector;
import org.catalogdrop.model.RunHalted;
import org.catalogdrop.sandbox.fault.Fault;
import org.catalogdrop.scenario.Loading;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file that takes the place of a half-loaded one is loaded, and what becomes of the first is told. */
class ReplacedDropTest {

    private static final String FIRST = "name\nPencil\nRuler\nRubber\n";

    @TempDir
    Path home;

    private Path file;
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @BeforeEach
    void listen() throws Exception {
        file = Files.createDirectories(home.resolve("inbox")).resolve("stock.csv");
        Files.writeString(file, FIRST);
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
        System.setProperty("drop.home", home.toString());
    }

    @AfterEach
    void forget() {
        System.setErr(stderr);
        System.clearProperty("drop.home");
    }

    private static Loading loading(Path home) throws Exception {
        return Loading.start(home, "kommo.chunk-size=1", "kommo.in-flight=1");
    }

    /** The load of the file stops at the row of that name. */
    private void stopAt(Loading loading, String name) {
        loading.sandbox().faults().next(Fault.named("401_before").has(name));
        assertThatThrownBy(() -> loading.load(file)).isInstanceOf(RunHalted.class);
    }

    private String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    private static String status() {
        StringWriter told = new StringWriter();
        assertThat(CatalogDropMain.commandLine()
                        .setOut(new PrintWriter(told, true))
                        .execute("status"))
                .isZero();
        return told.toString();
    }

    @Test
    void what_was_applied_of_the_first_is_reported_when_the_second_is_opened() throws Exception {
        String digest = DropInspector.digest(file).substring(0, 8);
        try (Loading loading = loading(home)) {
            stopAt(loading, "Rubber");
            assertThat(status()).contains(digest, "The next run resumes it.");

            Files.writeString(file, "name\nPencil\nEraser\n");
            assertThat(status()).contains("The file of this name in the inbox has other bytes");
            assertThat(loading.load(file).exitStatus()).isZero();
            assertThat(log())
                    .contains(
                            "stock.csv: another drop of this name", digest, "2 rows were applied", "put its file back");

            Files.delete(file);
            assertThat(status()).contains("No file of this name is in the inbox", digest);

            log.reset();
            loading.load("first.csv", FIRST);
            assertThat(log()).doesNotContain("another drop");
            assertThat(loading.names()).containsExactly("Pencil", "Ruler", "Pencil", "Eraser", "Rubber");
            assertThat(status()).doesNotContain("resumes it");
        }
    }

    @Test
    void one_of_which_nothing_was_applied_is_no_matter() throws Exception {
        try (Loading loading = loading(home)) {
            stopAt(loading, "Pencil");
            Files.writeString(file, "name\nEraser\n");
            loading.load(file);
            assertThat(log()).doesNotContain("another drop");
        }
    }
}
