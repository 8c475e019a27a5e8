package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.catalogdrop.model.Summary;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results are held against their drop by what counted when it was loaded. */
class VerifyCommandTest {

    @TempDir
    Path home;

    private final StringWriter out = new StringWriter();
    private Map<String, String> settings = Map.of();

    @AfterEach
    void clear() {
        settings.keySet().forEach(System::clearProperty);
    }

    private Path results(Loading loading, String name, String text) throws Exception {
        Summary summary = loading.load(name, text);
        Path archive = Files.createDirectories(home.resolve("archive"));
        Files.copy(home.resolve("given").resolve(name), archive.resolve(name));
        settings = Loading.settings(home, loading.sandbox().baseUrl());
        settings.forEach(System::setProperty);
        return home.resolve("outbox").resolve(summary.folder());
    }

    private int verify(Path results, String... more) {
        PrintWriter told = new PrintWriter(out, true);
        return CatalogDropMain.commandLine()
                .setOut(told)
                .setErr(told)
                .execute(java.util.stream.Stream.concat(
                                java.util.stream.Stream.of("verify", results.toString()), java.util.Arrays.stream(more))
                        .toArray(String[]::new));
    }

    @Test
    void a_drop_is_found_in_the_archive_whatever_else_lies_there() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path results = results(loading, "shop.csv", "name\na\nb\n");
            Files.writeString(home.resolve("archive/shop-2.json"), "[{\"name\":\"a\"}]");
            Files.writeString(home.resolve("archive/shop-3.csv"), "name\nother\n");

            assertThat(verify(results)).as(out::toString).isZero();
            assertThat(out.toString()).contains("sound. 2 rows");
        }
    }

    @Test
    void rows_without_a_list_were_of_the_list_that_was_set_when_they_were_loaded() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path results = results(loading, "shop.csv", "name\na\nb\n");
            System.setProperty("kommo.catalog-id", "4999");

            assertThat(verify(results, "--account")).as(out::toString).isZero();
        }
    }

    @Test
    void a_line_that_is_not_the_rows_is_told() throws Exception {
        try (Loading loading = Loading.start(home)) {
            Path results = results(loading, "shop.csv", "name\na\nb\n");
            Path lines = results.resolve("results.csv");
            Files.writeString(lines, Files.readString(lines).replace("1,1,2,add,created", "1,1,2,add,rejected"));

            assertThat(verify(results)).isEqualTo(1);
            assertThat(out.toString()).contains("summary.json counts 2 created, results.csv has 1");
        }
    }
}
