package org.catalogdrop.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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
        StringWriter out = new StringWriter();
        PrintWriter told = new PrintWriter(out, true);
        int status = CatalogDropMain.commandLine().setOut(told).setErr(told).execute("mapping", "check", "--offline");
        assertThat(status).as(out.toString()).isZero();
        return out.toString();
    }

    @Test
    void two_files_for_one_list_of_which_one_deletes_what_is_missing_are_told() throws Exception {
        mapping("north", "missing: delete\n");
        mapping("south", "catalog: 4220\n");
        mapping("other", "catalog: 4221\n");
        assertThat(check()).contains("by north.yaml elements are deleted").contains("and south.yaml is for the same");
    }

    @Test
    void others_are_not() throws Exception {
        mapping("north", "missing: delete\n");
        mapping("other", "catalog: 4221\nmissing: delete\n");
        assertThat(check()).contains("north.yaml: for").doesNotContain("Mind");
    }
}
