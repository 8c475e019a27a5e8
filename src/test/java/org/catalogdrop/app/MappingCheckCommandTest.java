package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingCheckCommandTest {

    @TempDir
    Path home;

    @BeforeEach
    void set() throws Exception {
        System.setProperty("drop.home", home.toString());
        System.setProperty("kommo.catalog-id", "4220");
        Files.createDirectory(home.resolve("mappings"));
    }

    @AfterEach
    void clear() {
        System.clearProperty("drop.home");
        System.clearProperty("kommo.catalog-id");
    }

    private void mapping(String name, String more) throws Exception {
        Files.writeString(
                home.resolve("mappings").resolve(name + ".yaml"),
                "drops: \"" + name + "*.csv\"\naction: upsert\nkey: Article\nname: Article\n" + more);
    }

    private String check() {
        return check(0);
    }

    private String check(int expected, String... drop) {
        StringWriter out = new StringWriter();
        PrintWriter told = new PrintWriter(out, true);
        int status = CatalogDropMain.commandLine()
                .setOut(told)
                .setErr(told)
                .execute(Stream.concat(Stream.of("mapping", "check", "--offline"), Stream.of(drop))
                        .toArray(String[]::new));
        assertThat(status).as(out.toString()).isEqualTo(expected);
        return out.toString();
    }

    @Test
    void rejected_rows_are_told_by_the_exit_status() throws Exception {
        mapping("north", "");
        Path drop = Files.writeString(home.resolve("north.csv"), "Article\nA-1\n\"\"\n");
        assertThat(check(3, drop.toString())).contains("row 2 (line 3): key_missing", "1 rejected, 1 upsert");
        Files.writeString(drop, "Article\nA-1\n");
        check(0, drop.toString());
        Files.writeString(drop, "Number\nA-1\n");
        check(2, drop.toString());
    }

    @Test
    void two_files_for_one_list_of_which_one_deletes_what_is_missing_are_told() throws Exception {
        mapping("north", "missing: delete\n");
        mapping("south", "catalog: 4220\n");
        mapping("other", "catalog: 4221\n");
        assertThat(check()).contains("north.yaml deletes elements").contains("and south.yaml is for the same");
    }

    @Test
    void others_are_not() throws Exception {
        mapping("north", "missing: delete\n");
        mapping("other", "catalog: 4221\nmissing: delete\n");
        assertThat(check()).contains("north.yaml: for").doesNotContain("Mind");
    }
}
