package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code status} tells how each drop stands, whatever became of it. */
class StatusCommandTest {

    @TempDir
    Path home;

    private Path refused;

    @BeforeEach
    void settings() {
        System.setProperty("drop.home", home.toString());
        refused = home.resolve("refused");
    }

    @AfterEach
    void forget() {
        System.clearProperty("drop.home");
    }

    private List<String> status() {
        StringWriter out = new StringWriter();
        int ended = CatalogDropMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(out, true))
                .execute("status");
        assertThat(ended).as(out.toString()).isZero();
        return out.toString().lines().toList();
    }

    private void drop(String name, String text) throws Exception {
        Files.writeString(Files.createDirectories(home.resolve("inbox")).resolve(name), text);
        try (Loading loading = Loading.watch(home)) {
            loading.drop().runs().awaitIdle();
        }
    }

    @Test
    void what_was_refused_when_it_was_opened_is_told_newest_first() throws Exception {
        drop("first.csv", "");
        drop("second.csv", "name,name\n");
        drop("second.csv", "");
        Files.setLastModifiedTime(refused.resolve("first.csv.reason.txt"), FileTime.fromMillis(0));

        List<String> lines = status();
        assertThat(lines).hasSize(7);
        assertThat(lines.get(0)).startsWith("Refused, newest first");
        assertThat(lines.subList(1, 7))
                .filteredOn(line -> line.startsWith("  "))
                .containsExactlyInAnyOrder(
                        "  " + refused.resolve("second.csv"),
                        "  " + refused.resolve("second-2.csv"),
                        "  " + refused.resolve("first.csv"))
                .endsWith("  " + refused.resolve("first.csv"));
        assertThat(lines)
                .anyMatch(line ->
                        line.startsWith("second.csv (refused ") && line.contains("): double_header: The header"));
        assertThat(lines.get(5))
                .matches("first\\.csv \\(refused 1970-01-01T00:00:00Z\\): empty_drop: The file is empty.*");
    }

    @Test
    void a_refused_drop_that_was_taken_away_is_told_as_that() throws Exception {
        drop("first.csv", "");
        Files.delete(refused.resolve("first.csv"));
        Files.writeString(refused.resolve("other.reason.txt"), "of somebody else");

        assertThat(status()).hasSize(3).last().asString().endsWith("first.csv (is not there any more)");
    }

    @Test
    void only_the_newest_of_many_are_told() throws Exception {
        drop("first.csv", "");
        String reason = Files.readString(refused.resolve("first.csv.reason.txt"));
        for (int i = 0; i < 30; i++) {
            Files.writeString(refused.resolve(i + ".csv.reason.txt"), reason);
        }
        assertThat(status()).hasSize(42).last().isEqualTo("11 more in " + refused);
    }

    @Test
    void without_any_drop() {
        assertThat(status()).singleElement().asString().contains("No drop is known", "state");
    }
}
