package org.catalogdrop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.catalogdrop.sandbox.Sandbox;
import org.catalogdrop.sandbox.SandboxSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** A list that cannot be read must not look like an empty one. */
class ListCommandTest {

    @TempDir
    Path folder;

    private Sandbox sandbox;
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.start(SandboxSettings.defaults());
        settings("right").forEach(System::setProperty);
    }

    @AfterEach
    void stop() {
        settings("").keySet().forEach(System::clearProperty);
        sandbox.close();
    }

    private Map<String, String> settings(String token) {
        return Map.of(
                "kommo.base-url", sandbox.baseUrl(),
                "kommo.access-token",
                        token.equals("right") ? SandboxSettings.defaults().token() : token,
                "drop.home", folder.toString());
    }

    private int list(String... more) {
        CommandLine line = CatalogDropMain.commandLine().setErr(new PrintWriter(err, true));
        List<String> words = new ArrayList<>(
                List.of("list", "--output", folder.resolve("list.csv").toString()));
        words.addAll(List.of(more.length > 0 ? more : new String[] {"--catalog-id", "4220"}));
        return line.execute(words.toArray(String[]::new));
    }

    @Test
    void an_empty_list_is_a_header() {
        assertThat(list()).isZero();
        assertThat(folder.resolve("list.csv")).hasContent("id,catalog_id,name");
    }

    @ParameterizedTest
    @CsvSource({"--catalog-id, 0", "--catalog-id, -4", "--id, 0"})
    void an_id_is_1_at_least(String option, String id) {
        System.setProperty("kommo.catalog-id", "4220");
        assertThat(list(option, id)).isEqualTo(2);
        System.clearProperty("kommo.catalog-id");
        assertThat(err.toString()).contains(option + " is " + id);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_list_that_cannot_be_read_ends_with_the_reason_and_without_a_file() {
        System.setProperty("kommo.access-token", "wrong");
        assertThat(list()).isEqualTo(1);
        assertThat(err.toString()).contains("unauthorized").contains("kommo.access-token");
        assertThat(folder).isEmptyDirectory();
    }
}
